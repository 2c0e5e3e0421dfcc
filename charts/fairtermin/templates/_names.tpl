{{/*
Name of one service's objects. Call: include "fairtermin.name" (dict "root" $ "role" "slot")
At most 45 characters, so that what operators derive from it stays within their bounds: 50 for a
database cluster, 63 for a Service or a label. What is cut off is told apart by a hash.
*/}}
{{- define "fairtermin.name" -}}
{{- $base := .root.Release.Name -}}
{{- if not (contains "fairtermin" $base) -}}{{- $base = printf "%s-fairtermin" $base -}}{{- end -}}
{{- if gt (len $base) 32 -}}
{{- $base = printf "%s-%s" ($base | trunc 25 | trimSuffix "-") (sha256sum $base | trunc 6) -}}
{{- end -}}
{{- printf "%s-%s" $base .role -}}
{{- end -}}

{{/* What selects one service's pods; never changes between versions. */}}
{{- define "fairtermin.selector" -}}
app.kubernetes.io/name: fairtermin
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .role }}
{{- end -}}

{{- define "fairtermin.labels" -}}
{{ include "fairtermin.selector" . }}
app.kubernetes.io/part-of: fairtermin
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | quote }}
{{- end -}}

{{/* The Secret that one service reads; the chart never writes to it. */}}
{{- define "fairtermin.secretName" -}}
{{- (index .root.Values .role).secretName | default (include "fairtermin.name" .) -}}
{{- end -}}

{{/* The RabbitMQ cluster of a release that has one. */}}
{{- define "fairtermin.rabbitmqName" -}}
{{- include "fairtermin.name" (dict "root" .root "role" "bus") -}}
{{- end -}}

{{- define "fairtermin.image" -}}
{{- $image := .root.Values.image -}}
{{- $name := printf "%s/%s" $image.registry $image.repository -}}
{{- if $image.digest -}}{{ $name }}@{{ $image.digest }}
{{- else -}}{{ $name }}:{{ $image.tag | default .root.Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* The values of one service over `defaults`, as YAML. */}}
{{- define "fairtermin.values" -}}
{{- $values := mergeOverwrite (deepCopy .root.Values.defaults) (index .root.Values .role) -}}
{{- include "fairtermin.dropNull" $values -}}
{{- $values | toYaml -}}
{{- end -}}
