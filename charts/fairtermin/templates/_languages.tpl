{{/*
Languages whose sentences are in a ConfigMap (`languages` of the values), for the services that speak to people.
What stands in the settings of a service itself counts before them. Call: with "root" and "role".
*/}}
{{- define "fairtermin.languages" -}}
{{- $languages := dict -}}
{{- if has .role (list "identity" "notification" "portal") -}}
{{- $settings := (index .root.Values .role).settings | default dict -}}
{{- $written := $settings.languages | default dict -}}
{{- range $tag, $language := .root.Values.languages -}}
{{- if and $language (not (index $written $tag)) -}}
{{- $_ := set $languages $tag $language.configMap -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $languages | toYaml -}}
{{- end -}}

{{/* Where the service reads each. */}}
{{- define "fairtermin.languages.settings" -}}
{{- $role := .role -}}
{{- $files := dict -}}
{{- range $tag, $_ := fromYaml (include "fairtermin.languages" .) -}}
{{- $_ := set $files $tag (dict "file" (printf "/etc/fairtermin/languages/%s/%s.ftl" $tag $role)) -}}
{{- end -}}
{{- if $files -}}
{{- dict "languages" $files | toYaml -}}
{{- end -}}
{{- end -}}

{{- define "fairtermin.languages.mounts" -}}
{{- range $tag, $_ := fromYaml (include "fairtermin.languages" .) }}
- {name: language-{{ $tag }}, mountPath: /etc/fairtermin/languages/{{ $tag }}, readOnly: true}
{{- end }}
{{- end -}}

{{- define "fairtermin.languages.volumes" -}}
{{- range $tag, $configMap := fromYaml (include "fairtermin.languages" .) }}
- name: language-{{ $tag }}
  configMap: {name: {{ $configMap | quote }}}
{{- end }}
{{- end -}}
