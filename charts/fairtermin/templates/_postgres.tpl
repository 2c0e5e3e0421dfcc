{{/*
A PostgreSQL cluster of its own for one service, run by CloudNativePG. Its Secret, NAME-db-app, has
the address; see fairtermin.volumes. `postgres.cluster` is the last part of its name: a restored
database gets another one and lies beside the one of today.
*/}}
{{- define "fairtermin.databaseName" -}}
{{- printf "%s-%s" (include "fairtermin.name" .) (fromYaml (include "fairtermin.values" .)).postgres.cluster -}}
{{- end -}}

{{/* How the cluster begins: empty, from a backup, or as `postgres.spec` says; never two of them. */}}
{{- define "fairtermin.bootstrap" -}}
{{- $postgres := (fromYaml (include "fairtermin.values" .)).postgres -}}
{{- $owner := dict "database" .role "owner" .role -}}
{{- if $postgres.recovery.enabled -}}
{{- $recovery := merge (dict "source" "backup") $owner -}}
{{- with $postgres.recovery.targetTime }}{{ $_ := set $recovery "recoveryTarget" (dict "targetTime" .) }}{{ end -}}
{{- $from := $postgres.recovery.from | default (printf "%s-db" (include "fairtermin.name" .)) -}}
{{- $parameters := dict "barmanObjectName" (include "fairtermin.backupName" .) "serverName" $from -}}
{{- $plugin := dict "name" (include "fairtermin.backupPlugin" .) "parameters" $parameters -}}
bootstrap: {{- dict "recovery" $recovery | toYaml | nindent 2 }}
externalClusters: {{- list (dict "name" "backup" "plugin" $plugin) | toYaml | nindent 2 }}
{{- else if not $postgres.spec.bootstrap -}}
bootstrap: {{- dict "initdb" $owner | toYaml | nindent 2 }}
{{- end -}}
{{- end -}}

{{- define "fairtermin.postgres" -}}
{{- $postgres := (fromYaml (include "fairtermin.values" .)).postgres -}}
{{- if and $postgres.enabled (ne .role "portal") -}}
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: {{ include "fairtermin.databaseName" . }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
  annotations:
    # Bookings outlive the release.
    helm.sh/resource-policy: keep
{{- $spec := dict "instances" $postgres.instances "storage" (dict "size" $postgres.storage) }}
{{- $spec = merge $spec (fromYaml (include "fairtermin.bootstrap" .)) }}
{{- if gt (int $postgres.instances) 1 }}
{{- /* A booking that was confirmed survives the loss of the primary. */}}
{{- $_ := set $spec "postgresql" (dict "synchronous" (dict "method" "any" "number" 1)) }}
{{- end }}
{{- if $postgres.backup.enabled }}
{{- $archive := dict "barmanObjectName" (include "fairtermin.backupName" .) }}
{{- $_ := set $spec "plugins" (list (dict "name" (include "fairtermin.backupPlugin" .) "isWALArchiver" true "parameters" $archive)) }}
{{- end }}
spec: {{- mergeOverwrite $spec (deepCopy $postgres.spec) | toYaml | nindent 2 }}
{{- end -}}
{{- end -}}
