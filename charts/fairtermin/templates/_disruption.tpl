{{/* Keeps pods while nodes are drained. With one pod it would only block the drain. */}}
{{- define "fairtermin.disruption" -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- $several := ternary $values.autoscaling.minReplicas $values.replicas $values.autoscaling.enabled | int | lt 1 -}}
{{- if and $values.disruptionBudget.enabled $several -}}
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ include "fairtermin.name" . }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
spec:
  maxUnavailable: {{ $values.disruptionBudget.maxUnavailable }}
  # A pod that is not ready serves no requests: it must not keep a node from being drained.
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels: {{- include "fairtermin.selector" . | nindent 6 }}
{{- end -}}
{{- end -}}
