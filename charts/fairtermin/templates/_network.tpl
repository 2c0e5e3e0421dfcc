{{/*
Who talks to whom, the only place that says so. `from`: services whose pods may connect; `people`:
whether connections from outside arrive (through the namespaces in `allowFromNamespaces`); `to`:
where its own connections go, names of services or of `networkPolicy.egress`.
*/}}
{{- define "fairtermin.arrows" -}}
slot:
  from: [portal]
  people: true
  to: [identity, database, redis, bus, kubernetes, web]
identity:
  from: [slot, portal]
  people: true
  to: [database, bus, web]
notification:
  from: []
  people: false
  to: [database, bus, smtp, web]
portal:
  from: []
  people: true
  to: [identity, slot, web]
{{- end -}}

{{/* Pods of one service in any namespace: authorities and platform have namespaces of their own. */}}
{{- define "fairtermin.peer" -}}
namespaceSelector: {}
podSelector:
  matchLabels: {app.kubernetes.io/part-of: fairtermin, app.kubernetes.io/component: {{ . }}}
{{- end -}}

{{- define "fairtermin.namespacePeer" -}}
namespaceSelector:
  matchLabels: {kubernetes.io/metadata.name: {{ . | quote }}}
{{- end -}}

{{- define "fairtermin.network" -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- $policy := $values.networkPolicy -}}
{{- $arrows := fromYaml (include "fairtermin.arrows" .) -}}
{{- $own := index $arrows .role -}}
{{- if $policy.enabled -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "fairtermin.name" . }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels: {{- include "fairtermin.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  {{- $in := list }}
  {{- range $own.from }}{{- $in = append $in (include "fairtermin.peer" .) }}{{- end }}
  {{- if $own.people }}
  {{- range $policy.allowFromNamespaces }}{{- $in = append $in (include "fairtermin.namespacePeer" .) }}{{- end }}
  {{- end }}
  {{- if or $in $values.monitoring.enabled }}
  ingress:
    {{- if $in }}
    - from:
        {{- range $in }}
        - {{- . | nindent 10 }}
        {{- end }}
      ports:
        - {port: 8080, protocol: TCP}
    {{- end }}
    {{- if $values.monitoring.enabled }}
    # Prometheus.
    - from:
        - {{- include "fairtermin.namespacePeer" $values.monitoring.namespace | nindent 10 }}
      ports:
        - {port: 9464, protocol: TCP}
    {{- end }}
  {{- else }}
  ingress: []
  {{- end }}
  egress:
    # Names.
    - to:
        - {{- include "fairtermin.namespacePeer" "kube-system" | nindent 10 }}
      ports:
        - {port: 53, protocol: UDP}
        - {port: 53, protocol: TCP}
    {{- range $target := $own.to }}
    # {{ $target }}
    {{- if hasKey $arrows $target }}
    - to:
        - {{- include "fairtermin.peer" $target | nindent 10 }}
      ports:
        - {port: 8080, protocol: TCP}
    {{- else }}
    {{- $way := index $policy.egress $target }}
    - ports:
        {{- range $way.ports }}
        - {port: {{ . }}, protocol: TCP}
        {{- end }}
      {{- with $way.to }}
      to: {{- toYaml . | nindent 8 }}
      {{- end }}
    {{- end }}
    {{- end }}
{{- end -}}
{{- end -}}
