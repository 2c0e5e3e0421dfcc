{{/* For the Prometheus operator: alerts, and where it reads the service's own metrics. */}}
{{- define "fairtermin.monitoring" -}}
{{- $name := include "fairtermin.name" . -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- $monitoring := $values.monitoring -}}
{{- $namespace := .root.Release.Namespace -}}
{{- if $monitoring.enabled -}}
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ $name }}
  namespace: {{ $namespace }}
  labels:
    {{- include "fairtermin.labels" . | nindent 4 }}
    {{- with $monitoring.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  groups:
    - name: {{ $name }}
      rules:
        {{- range $alert, $rule := fromYaml (include "fairtermin.alerts" (dict "role" .role "scrape" $monitoring.scrape)) }}
        {{- $rule = mergeOverwrite $rule (dig $alert dict $monitoring.alerts) }}
        {{- if dig "enabled" true $rule }}
        - alert: {{ $alert }}
          expr: {{ $rule.expr | replace "NAMESPACE" $namespace | replace "NAME" $name | quote }}
          for: {{ $rule.for }}
          labels:
            severity: {{ $rule.severity }}
          annotations:
            summary: {{ $rule.summary | replace "NAME" $name | quote }}
            runbook_url: {{ printf "%s/%s.md" ($monitoring.runbooks | trimSuffix "/") ($alert | kebabcase) | quote }}
        {{- end }}
        {{- end }}
{{- if $monitoring.scrape }}
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ $name }}
  namespace: {{ $namespace }}
  labels:
    {{- include "fairtermin.labels" . | nindent 4 }}
    {{- with $monitoring.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  selector:
    matchLabels: {{- include "fairtermin.selector" . | nindent 6 }}
  endpoints:
    - {port: metrics, path: /metrics, interval: {{ $monitoring.interval }}}
{{- end }}
{{- end -}}
{{- end -}}
