{{/*
Where a service's secrets come from: its Secret, and those that operators make for it. Each key is a
file in one folder.
*/}}
{{- define "fairtermin.secretsVolume" -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- $own := dict "name" (include "fairtermin.secretName" .) -}}
{{- $made := list -}}
{{- if and $values.postgres.enabled (not (has .role (list "portal" "auditor"))) }}
{{- $made = append $made (dict "name" (printf "%s-app" (include "fairtermin.databaseName" .)) "items" (list (dict "key" "uri" "path" "database-url"))) }}
{{- end }}
{{- if and .root.Values.rabbitmq.enabled (not (has .role (list "portal" "auditor"))) }}
{{- $made = append $made (dict "name" (printf "%s-default-user" (include "fairtermin.rabbitmqName" .)) "items" (list (dict "key" "connection_string" "path" "bus-url"))) }}
{{- end -}}
{{- /* 0440; YAML versions disagree about octal numbers. */ -}}
{{- if $made -}}
projected:
  defaultMode: 288
  sources:
    {{- range prepend $made $own }}
    - secret: {{- toYaml . | nindent 8 }}
    {{- end }}
{{- else -}}
secret:
  secretName: {{ $own.name }}
  defaultMode: 288
{{- end -}}
{{- end -}}

{{/* Has the External Secrets operator copy the service's Secret from a vault. */}}
{{- define "fairtermin.externalSecret" -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- $external := $values.externalSecret -}}
{{- if $external.enabled -}}
apiVersion: external-secrets.io/v1
kind: ExternalSecret
metadata:
  name: {{ include "fairtermin.name" . }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
spec:
  refreshInterval: {{ $external.refreshInterval }}
  secretStoreRef: {{- toYaml $external.store | nindent 4 }}
  target: {name: {{ include "fairtermin.secretName" . }}}
  dataFrom:
    - extract: {key: {{ $external.key | quote }}}
{{- end -}}
{{- end -}}
