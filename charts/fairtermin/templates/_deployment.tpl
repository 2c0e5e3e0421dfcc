{{- define "fairtermin.deployment" -}}
{{- $name := include "fairtermin.name" . -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
spec:
  {{- if not $values.autoscaling.enabled }}
  replicas: {{ $values.replicas }}
  {{- end }}
  selector:
    matchLabels: {{- include "fairtermin.selector" . | nindent 6 }}
  # Longer than a pod may take to start.
  progressDeadlineSeconds: {{ add $values.startupSeconds 300 }}
  strategy:
    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  template:
    metadata:
      labels:
        {{- include "fairtermin.selector" . | nindent 8 }}
        app.kubernetes.io/part-of: fairtermin
        {{- with $values.podLabels }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      annotations:
        # The data and nothing else: a new version of the chart alone restarts no pod.
        checksum/settings: {{ include "fairtermin.settings" . | sha256sum }}
        {{- with $values.restartedFor }}
        fairtermin/restarted-for: {{ . | quote }}
        {{- end }}
        {{- with $values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      serviceAccountName: {{ $name }}
      # Only slot talks to Kubernetes, with the rights in _access.tpl.
      automountServiceAccountToken: {{ eq .role "slot" }}
      securityContext: {{- include "fairtermin.podSecurity" . | nindent 8 }}
      {{- with include "fairtermin.placement" . | trim }}
      {{- . | nindent 6 }}
      {{- end }}
      # Open requests end, then the process does.
      terminationGracePeriodSeconds: 30
      containers:
        - name: {{ .role }}
          {{- include "fairtermin.imageOf" . | nindent 10 }}
          args: [serve, {{ .role }}, --config, /etc/fairtermin/settings/settings.yaml]
          env:
            - {name: RUST_LOG, value: {{ $values.logLevel | quote }}}
            - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
            {{- with include "fairtermin.environment" . | trim }}
            {{- . | nindent 12 }}
            {{- end }}
          {{- with $values.envFrom }}
          envFrom: {{- toYaml . | nindent 12 }}
          {{- end }}
          ports:
            - {name: http, containerPort: 8080, protocol: TCP}
            - {name: metrics, containerPort: 9464, protocol: TCP}
          # Until every proxy has heard that the pod is going, it still serves.
          lifecycle:
            preStop: {sleep: {seconds: 5}}
          # It listens once its database is migrated, which may take minutes.
          startupProbe:
            httpGet: {path: /livez, port: http}
            periodSeconds: 2
            failureThreshold: {{ div (add $values.startupSeconds 1) 2 }}
          livenessProbe:
            httpGet: {path: /livez, port: http}
            periodSeconds: 10
          readinessProbe:
            httpGet: {path: /readyz, port: http}
            periodSeconds: 5
          resources: {{- toYaml $values.resources | nindent 12 }}
          securityContext: {{- include "fairtermin.containerSecurity" . | nindent 12 }}
          volumeMounts: {{- include "fairtermin.mounts" . | nindent 12 }}
      volumes: {{- include "fairtermin.volumes" . | nindent 8 }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{- include "fairtermin.selector" . | nindent 14 }}
          matchLabelKeys: [pod-template-hash]
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector:
            matchLabels: {{- include "fairtermin.selector" . | nindent 14 }}
          matchLabelKeys: [pod-template-hash]
{{- end -}}
