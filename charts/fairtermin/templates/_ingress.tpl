{{/* The way in from outside the cluster. */}}
{{- define "fairtermin.ingress" -}}
{{- $name := include "fairtermin.name" . -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- if $values.ingress.enabled -}}
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {{ $name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
  {{- with $values.ingress.annotations }}
  annotations: {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  {{- with $values.ingress.className }}
  ingressClassName: {{ . | quote }}
  {{- end }}
  {{- with $values.ingress.tlsSecretName }}
  tls:
    - hosts: [{{ $values.ingress.host | quote }}]
      secretName: {{ . | quote }}
  {{- end }}
  rules:
    - host: {{ $values.ingress.host | quote }}
      http:
        paths:
          - path: /
            pathType: Prefix
            backend:
              service: {name: {{ $name }}, port: {name: http}}
{{- end -}}
{{- end -}}
