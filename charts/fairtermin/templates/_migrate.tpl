{{/*
A job that migrates the database before pods are replaced, and what it mounts: its own copy of the
settings, since a hook cannot use objects of the release it precedes. Weights: -10 settings, 0 job.
A database or Secret that the release itself brings is not there yet when it is installed; then the
service migrates at its first start, and the job begins with the first upgrade.
*/}}
{{- define "fairtermin.migrate" -}}
{{- $name := printf "%s-migrate" (include "fairtermin.name" .) -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- $brought := or $values.postgres.enabled $values.externalSecret.enabled .root.Values.rabbitmq.enabled -}}
{{- $moments := ternary "pre-upgrade" "pre-install,pre-upgrade" $brought -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
  annotations:
    helm.sh/hook: {{ $moments }}
    helm.sh/hook-weight: "-10"
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
data:
  settings.yaml: | {{- include "fairtermin.settings" . | nindent 4 }}
---
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ $name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
  annotations:
    helm.sh/hook: {{ $moments }}
    helm.sh/hook-weight: "0"
    # A failed job stays, so that its log can be read.
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  backoffLimit: 0
  activeDeadlineSeconds: {{ $values.migrationHook.deadlineSeconds }}
  template:
    metadata:
      labels:
        app.kubernetes.io/part-of: fairtermin
        app.kubernetes.io/component: {{ .role }}-migrate
        {{- with $values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      securityContext: {{- include "fairtermin.podSecurity" . | nindent 8 }}
      {{- with include "fairtermin.placement" . | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      containers:
        - name: migrate
          {{- include "fairtermin.imageOf" . | nindent 10 }}
          args: [migrate, {{ .role }}, --config, /etc/fairtermin/settings/settings.yaml]
          {{- with include "fairtermin.environment" . | trim }}
          env: {{- . | nindent 12 }}
          {{- end }}
          {{- with $values.envFrom }}
          envFrom: {{- toYaml . | nindent 12 }}
          {{- end }}
          resources: {{- toYaml $values.resources | nindent 12 }}
          securityContext: {{- include "fairtermin.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - {name: settings, mountPath: /etc/fairtermin/settings, readOnly: true}
            - {name: secrets, mountPath: /run/secrets/fairtermin, readOnly: true}
            {{- with include "fairtermin.extraMounts" . | trim }}
            {{- . | nindent 12 }}
            {{- end }}
      volumes:
        - name: settings
          configMap: {name: {{ $name }}}
        - name: secrets
          {{- include "fairtermin.secretsVolume" . | nindent 10 }}
        {{- with include "fairtermin.extraVolumes" . | trim }}
        {{- . | nindent 8 }}
        {{- end }}
{{- end -}}
