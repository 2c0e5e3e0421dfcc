{{/*
A PostgreSQL cluster of its own for one service, run by CloudNativePG. Its Secret, NAME-db-app, has
the address; see fairtermin.volumes.
*/}}
{{- define "fairtermin.postgres" -}}
{{- $name := include "fairtermin.name" . -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- $postgres := $values.postgres -}}
{{- if and $postgres.enabled (ne .role "portal") -}}
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: {{ $name }}-db
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
  annotations:
    # Bookings outlive the release.
    helm.sh/resource-policy: keep
{{- $spec := dict "instances" $postgres.instances "storage" (dict "size" $postgres.storage) }}
{{- $_ := set $spec "bootstrap" (dict "initdb" (dict "database" .role "owner" .role)) }}
{{- if gt (int $postgres.instances) 1 }}
{{- /* A booking that was confirmed survives the loss of the primary. */}}
{{- $_ := set $spec "postgresql" (dict "synchronous" (dict "method" "any" "number" 1)) }}
{{- end }}
spec: {{- mergeOverwrite $spec (deepCopy $postgres.spec) | toYaml | nindent 2 }}
{{- end -}}
{{- end -}}
