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
  strategy:
    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  template:
    metadata:
      labels:
        {{- include "fairtermin.selector" . | nindent 8 }}
        app.kubernetes.io/part-of: fairtermin
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
      {{- with .root.Values.image.pullSecrets }}
      imagePullSecrets: {{- toYaml . | nindent 8 }}
      {{- end }}
      # Open requests end, then the process does.
      terminationGracePeriodSeconds: 30
      containers:
        - name: {{ .role }}
          image: {{ include "fairtermin.image" . }}
          args: [serve, {{ .role }}, --config, /etc/fairtermin/settings/settings.yaml]
          env:
            - {name: RUST_LOG, value: {{ $values.logLevel | quote }}}
            - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
            {{- range $key, $value := $values.env }}
            - {name: {{ $key }}, value: {{ $value | toString | quote }}}
            {{- end }}
          ports:
            - {name: http, containerPort: 8080, protocol: TCP}
            - {name: metrics, containerPort: 9464, protocol: TCP}
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
      {{- with $values.nodeSelector }}
      nodeSelector: {{- toYaml . | nindent 8 }}
      {{- end }}
      {{- with $values.tolerations }}
      tolerations: {{- toYaml . | nindent 8 }}
      {{- end }}
{{- end -}}
