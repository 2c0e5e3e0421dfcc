{{/*
All objects of one service. Call: include "fairtermin.service" (dict "root" $ "role" "slot")
*/}}
{{- define "fairtermin.service" -}}
{{- $name := include "fairtermin.name" . -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
automountServiceAccountToken: false
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $name }}-settings
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
data:
  settings.yaml: | {{- include "fairtermin.settings" . | nindent 4 }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
spec:
  selector: {{- include "fairtermin.selector" . | nindent 4 }}
  ports:
    - {name: http, port: 8080, targetPort: http, protocol: TCP}
    - {name: metrics, port: 9464, targetPort: metrics, protocol: TCP}
---
{{ include "fairtermin.deployment" . }}
{{ include "fairtermin.operations" . }}
{{- /* A database that is being restored has no Secret yet that a hook could mount. */}}
{{- if and (ne .role "portal") $values.migrationHook.enabled (not (and $values.postgres.enabled $values.postgres.recovery.enabled)) }}
---
{{ include "fairtermin.migrate" . }}
{{- end }}
{{- end -}}
