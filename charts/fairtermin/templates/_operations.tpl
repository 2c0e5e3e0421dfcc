{{/* What keeps one service running, one concern per file. Each yields a document or nothing. */}}
{{- define "fairtermin.operations" -}}
{{- range $concern := list "disruption" "autoscaling" "network" "ingress" "gateway" "access" "monitoring" "postgres" "backup" "externalSecret" }}
{{- with include (printf "fairtermin.%s" $concern) $ | trim }}
---
{{ . }}
{{- end }}
{{- end }}
{{- end -}}
