{{/* The way in from outside the cluster, where it has a Gateway instead of an ingress controller. */}}
{{- define "fairtermin.gateway" -}}
{{- $name := include "fairtermin.name" . -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- if $values.gateway.enabled -}}
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: {{ $name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
spec:
  parentRefs: {{- toYaml $values.gateway.parentRefs | nindent 4 }}
  hostnames: [{{ $values.gateway.host | quote }}]
  rules:
    - matches:
        - path: {type: PathPrefix, value: /}
      backendRefs:
        - {name: {{ $name }}, port: 8080}
{{- end -}}
{{- end -}}
