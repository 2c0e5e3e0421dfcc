{{/*
Takes every null out of a map and of the maps in it. A later values file writes `key: null` to remove
what an earlier one has; Helm leaves such a null in the values where the chart has no default of its
own, and which ones differs between its versions. Prints nothing. Call: include "fairtermin.dropNull" $map
*/}}
{{- define "fairtermin.dropNull" -}}
{{- $map := . -}}
{{- range $key, $value := $map -}}
{{- if kindIs "invalid" $value -}}
{{- $_ := unset $map $key -}}
{{- else if kindIs "map" $value -}}
{{- include "fairtermin.dropNull" $value -}}
{{- end -}}
{{- end -}}
{{- end -}}
