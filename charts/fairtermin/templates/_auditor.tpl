{{/*
An auditor of draws. It has no database and no settings file: its arguments and its Secret are all there
is, and a disk if it keeps deposits. One pod: the disk is one pod's, and an authority asks again if nobody
answers.
*/}}
{{- define "fairtermin.auditor" -}}
{{- $name := include "fairtermin.name" . -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
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
{{- if $values.authorities }}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ $name }}-deposits
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
  annotations:
    # What was deposited outlives the release.
    helm.sh/resource-policy: keep
spec:
  accessModes: [ReadWriteOnce]
  {{- with $values.storageClassName }}
  storageClassName: {{ . | quote }}
  {{- end }}
  resources: {requests: {storage: {{ $values.storage }}}}
{{- end }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
spec:
  replicas: 1
  strategy: {type: Recreate}
  selector:
    matchLabels: {{- include "fairtermin.selector" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "fairtermin.selector" . | nindent 8 }}
        app.kubernetes.io/part-of: fairtermin
        {{- with $values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- if or $values.restartedFor $values.podAnnotations }}
      annotations:
        {{- with $values.restartedFor }}
        fairtermin/restarted-for: {{ . | quote }}
        {{- end }}
        {{- with $values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- end }}
    spec:
      automountServiceAccountToken: false
      securityContext: {{- include "fairtermin.podSecurity" . | nindent 8 }}
      {{- with include "fairtermin.placement" . | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      containers:
        - name: auditor
          {{- include "fairtermin.imageOf" . | nindent 10 }}
          args:
            - auditor
            - serve
            - /run/secrets/fairtermin/auditor-secret
            - --listen=0.0.0.0:8080
            {{- if $values.authorities }}
            - --key=/run/secrets/fairtermin/auditor-key
            - --deposits=/var/lib/fairtermin/deposits
            {{- end }}
            {{- range $values.authorities }}
            - {{ printf "--authority=%s" . | quote }}
            {{- end }}
          {{- with include "fairtermin.environment" . | trim }}
          env: {{- . | nindent 12 }}
          {{- end }}
          {{- with $values.envFrom }}
          envFrom: {{- toYaml . | nindent 12 }}
          {{- end }}
          ports:
            - {name: http, containerPort: 8080, protocol: TCP}
          # Until every proxy has heard that the pod is going, it still serves.
          lifecycle:
            preStop: {sleep: {seconds: 5}}
          startupProbe:
            httpGet: {path: /livez, port: http}
            periodSeconds: 2
            failureThreshold: 30
          livenessProbe:
            httpGet: {path: /livez, port: http}
            periodSeconds: 10
          readinessProbe:
            httpGet: {path: /readyz, port: http}
            periodSeconds: 5
          resources: {{- toYaml $values.resources | nindent 12 }}
          securityContext: {{- include "fairtermin.containerSecurity" . | nindent 12 }}
          volumeMounts:
            - {name: secrets, mountPath: /run/secrets/fairtermin, readOnly: true}
            {{- if $values.authorities }}
            - {name: deposits, mountPath: /var/lib/fairtermin/deposits}
            {{- end }}
            {{- with include "fairtermin.extraMounts" . | trim }}
            {{- . | nindent 12 }}
            {{- end }}
      volumes:
        - name: secrets
          {{- include "fairtermin.secretsVolume" . | nindent 10 }}
        {{- if $values.authorities }}
        - name: deposits
          persistentVolumeClaim: {claimName: {{ $name }}-deposits}
        {{- end }}
        {{- with include "fairtermin.extraVolumes" . | trim }}
        {{- . | nindent 8 }}
        {{- end }}
{{- range $concern := list "network" "ingress" "gateway" "externalSecret" }}
{{- with include (printf "fairtermin.%s" $concern) $ | trim }}
---
{{ . }}
{{- end }}
{{- end }}
{{- end -}}

{{/* It reads no settings; these are the addresses of its arguments, for its network policy. */}}
{{- define "fairtermin.settings.auditor" -}}
{{- $authorities := list -}}
{{- range .root.Values.auditor.authorities }}{{ $authorities = append $authorities (dict "base_url" .) }}{{ end -}}
{{- dict "authorities" $authorities | toYaml -}}
{{- end -}}
