{{/*
Backups by the Barman Cloud plugin of CloudNativePG: every change of the database goes to an object
store as it happens, and once a day a whole copy does. All of it stays when the release goes.
*/}}
{{- define "fairtermin.backupPlugin" -}}barman-cloud.cloudnative-pg.io{{- end -}}

{{- define "fairtermin.backupName" -}}
{{- printf "%s-backup" (include "fairtermin.name" .) -}}
{{- end -}}

{{/* Where backups go and come from. */}}
{{- define "fairtermin.backupStore" -}}
{{- $backup := (fromYaml (include "fairtermin.values" .)).postgres.backup -}}
{{- $configuration := dict "destinationPath" $backup.destinationPath "wal" (dict "compression" "gzip") "data" (dict "compression" "gzip") -}}
{{- with $backup.endpointURL }}{{ $_ := set $configuration "endpointURL" . }}{{ end -}}
{{- with $backup.secretName -}}
{{- $credentials := dict "accessKeyId" (dict "name" . "key" "ACCESS_KEY_ID") "secretAccessKey" (dict "name" . "key" "ACCESS_SECRET_KEY") -}}
{{- $_ := set $configuration "s3Credentials" $credentials -}}
{{- end -}}
configuration: {{- mergeOverwrite $configuration (deepCopy $backup.configuration) | toYaml | nindent 2 }}
retentionPolicy: {{ $backup.retention }}
{{- end -}}

{{- define "fairtermin.backup" -}}
{{- $postgres := (fromYaml (include "fairtermin.values" .)).postgres -}}
{{- $backup := $postgres.backup -}}
{{- if and $postgres.enabled (ne .role "portal") (or $backup.enabled $postgres.recovery.enabled) -}}
apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata:
  name: {{ include "fairtermin.backupName" . }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
  annotations:
    # The database that it belongs to stays as well.
    helm.sh/resource-policy: keep
spec: {{- include "fairtermin.backupStore" . | nindent 2 }}
{{- if $backup.enabled }}
---
apiVersion: postgresql.cnpg.io/v1
kind: ScheduledBackup
metadata:
  name: {{ include "fairtermin.databaseName" . }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
  annotations:
    helm.sh/resource-policy: keep
spec:
  cluster: {name: {{ include "fairtermin.databaseName" . }}}
  schedule: {{ $backup.schedule | quote }}
  # The first one at once: without a whole copy, changes alone restore nothing.
  immediate: true
  backupOwnerReference: self
  method: plugin
  pluginConfiguration: {name: {{ include "fairtermin.backupPlugin" . }}}
{{- end }}
{{- end -}}
{{- end -}}
