{{/*
The restricted pod and container security contexts of the Pod Security Standards. OpenShift gives each
namespace users and groups of its own and refuses others.
*/}}
{{- define "fairtermin.podSecurity" -}}
runAsNonRoot: true
{{- if not .root.Values.openshift }}
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
{{- end }}
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "fairtermin.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: {drop: [ALL]}
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{/* Which nodes a service's pods run on, how they look up names, and who may fetch their image. */}}
{{- define "fairtermin.placement" -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with $values.dnsPolicy }}
dnsPolicy: {{ . }}
{{- end }}
{{- with $values.dnsConfig }}
dnsConfig: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "fairtermin.imageOf" -}}
image: {{ include "fairtermin.image" . }}
{{- with .root.Values.image.pullPolicy }}
imagePullPolicy: {{ . }}
{{- end }}
{{- end -}}

{{/* Environment variables: where certificate authorities and the proxy are, and those of the values. */}}
{{- define "fairtermin.environment" -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- if include "fairtermin.caBundle" . }}
- {name: SSL_CERT_FILE, value: /etc/fairtermin/ca-bundle/ca-bundle.crt}
{{- end }}
{{- with .root.Values.proxy.address }}
- {name: FAIRTERMIN_PROXY, value: {{ . | quote }}}
- {name: FAIRTERMIN_NO_PROXY, value: {{ join "," $.root.Values.proxy.direct | quote }}}
{{- end }}
{{- range $key, $value := $values.env }}
{{- if kindIs "map" $value }}
- name: {{ $key }}
  valueFrom: {{- toYaml $value | nindent 4 }}
{{- else }}
- {name: {{ $key }}, value: {{ $value | toString | quote }}}
{{- end }}
{{- end }}
{{- end -}}

{{/* The source of the certificate authorities, or nothing: the image's own are used. */}}
{{- define "fairtermin.caBundle" -}}
{{- $bundle := .root.Values.caBundle -}}
{{- $items := list (dict "key" $bundle.key "path" "ca-bundle.crt") -}}
{{- if $bundle.configMap -}}
configMap: {{- dict "name" $bundle.configMap "items" $items | toYaml | nindent 2 }}
{{- else if $bundle.secretName -}}
secret: {{- dict "secretName" $bundle.secretName "items" $items "defaultMode" 288 | toYaml | nindent 2 }}
{{- end -}}
{{- end -}}

{{/* What the values mount beside what every service reads. */}}
{{- define "fairtermin.extraMounts" -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- if include "fairtermin.caBundle" . }}
- {name: ca-bundle, mountPath: /etc/fairtermin/ca-bundle, readOnly: true}
{{- end }}
{{- include "fairtermin.languages.mounts" . }}
{{- range $name, $volume := $values.extraVolumes }}
- {name: {{ $name }}, mountPath: {{ $volume.mountPath | quote }}, readOnly: {{ dig "readOnly" true $volume }}}
{{- end }}
{{- end -}}

{{- define "fairtermin.extraVolumes" -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- with include "fairtermin.caBundle" . }}
- name: ca-bundle
  {{- . | nindent 2 }}
{{- end }}
{{- include "fairtermin.languages.volumes" . }}
{{- range $name, $volume := $values.extraVolumes }}
- name: {{ $name }}
  {{- toYaml $volume.source | nindent 2 }}
{{- end }}
{{- end -}}

{{/* What a service reads: settings, secrets and, for slot, the catalogue. No subPath: mounted
     folders follow changes, a mounted file would not. */}}
{{- define "fairtermin.mounts" -}}
- {name: settings, mountPath: /etc/fairtermin/settings, readOnly: true}
- {name: secrets, mountPath: /run/secrets/fairtermin, readOnly: true}
{{- if eq .role "slot" }}
- {name: catalogue, mountPath: /etc/fairtermin/catalogue, readOnly: true}
{{- end }}
- {name: tmp, mountPath: /tmp}
{{- include "fairtermin.extraMounts" . }}
{{- end -}}

{{- define "fairtermin.volumes" -}}
{{- $name := include "fairtermin.name" . -}}
- name: settings
  configMap: {name: {{ $name }}-settings}
- name: secrets
  {{- include "fairtermin.secretsVolume" . | nindent 2 }}
{{- if eq .role "slot" }}
- name: catalogue
  configMap: {name: {{ $name }}-catalogue}
{{- end }}
- name: tmp
  emptyDir: {sizeLimit: 16Mi}
{{- include "fairtermin.extraVolumes" . }}
{{- end -}}
