{{/* The restricted pod and container security contexts of the Pod Security Standards. */}}
{{- define "fairtermin.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile: {type: RuntimeDefault}
{{- end -}}

{{- define "fairtermin.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities: {drop: [ALL]}
seccompProfile: {type: RuntimeDefault}
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
{{- end -}}
