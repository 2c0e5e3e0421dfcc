{{/*
The settings file of one service: what the chart knows, then `<service>.settings` over it.
Secrets stay in files. Call: include "fairtermin.settings" (dict "root" $ "role" "slot")
*/}}
{{- define "fairtermin.settings" -}}
{{- $own := fromYaml (include (printf "fairtermin.settings.%s" .role) .) -}}
{{- $written := deepCopy ((index .root.Values .role).settings | default dict) -}}
{{- include "fairtermin.dropNull" $written -}}
{{- $languages := fromYaml (include "fairtermin.languages.settings" .) -}}
{{- dict .role (mergeOverwrite $own $languages $written) | toYaml -}}
{{- end -}}

{{/* Where a service listens that agencies' programs call, and the address in their proofs (RFC 9449). */}}
{{- define "fairtermin.settings.http" -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- $host := ternary $values.ingress.host (ternary $values.gateway.host "" $values.gateway.enabled) $values.ingress.enabled -}}
http:
  listen: "0.0.0.0:8080"
  metrics: "0.0.0.0:9464"
{{- if $host }}
  public_url: {{ printf "https://%s" $host | quote }}
{{- end }}
{{- end -}}

{{- define "fairtermin.settings.slot" -}}
{{- $platform := .root.Values.platform -}}
{{- $redis := .root.Values.slot.redis -}}
{{- include "fairtermin.settings.http" . }}
database: {url: {file: /run/secrets/fairtermin/database-url}}
bus: {url: {file: /run/secrets/fairtermin/bus-url}}
catalogue: {file: /etc/fairtermin/catalogue/catalogue.yaml}
cluster: {config_map: {{ include "fairtermin.name" . }}-catalogue, lease: {{ include "fairtermin.name" . }}}
identity:
  issuer: {{ $platform.identityUrl | trimSuffix "/" | quote }}
  jwks_url: {{ printf "%s/jwks" (($platform.identityInternalUrl | default $platform.identityUrl) | trimSuffix "/") | quote }}
{{- if $redis.urls }}
holds:
  redis:
    urls: {{ $redis.urls | toJson }}
    mode: {{ $redis.mode }}
    {{- if $redis.password }}
    password: {file: /run/secrets/fairtermin/redis-password}
    {{- end }}
{{- end }}
hold_token: {key: {file: /run/secrets/fairtermin/hold-token-key}}
person_data: {key: {file: /run/secrets/fairtermin/person-data-key}}
manage_url: {{ printf "%s/appointments" ($platform.portalUrl | trimSuffix "/") | quote }}
{{- end -}}

{{- define "fairtermin.settings.identity" -}}
http:
  listen: "0.0.0.0:8080"
  metrics: "0.0.0.0:9464"
  public_url: {{ .root.Values.platform.identityUrl | quote }}
database: {url: {file: /run/secrets/fairtermin/database-url}}
bus: {url: {file: /run/secrets/fairtermin/bus-url}}
keys:
  person: {file: /run/secrets/fairtermin/person-key}
  data: {file: /run/secrets/fairtermin/data-key}
  contact: {file: /run/secrets/fairtermin/contact-key}
  signing: [{file: /run/secrets/fairtermin/signing-key}]
{{- end -}}

{{- define "fairtermin.settings.notification" -}}
{{- include "fairtermin.settings.http" . }}
database: {url: {file: /run/secrets/fairtermin/database-url}}
bus: {url: {file: /run/secrets/fairtermin/bus-url}}
contact_seal: {key: {file: /run/secrets/fairtermin/contact-key}}
person_data: {key: {file: /run/secrets/fairtermin/data-key}}
{{- end -}}

{{- define "fairtermin.settings.portal" -}}
http:
  listen: "0.0.0.0:8080"
  metrics: "0.0.0.0:9464"
  public_url: {{ .root.Values.platform.portalUrl | quote }}
identity:
  issuer: {{ .root.Values.platform.identityUrl | quote }}
  client_secret: {file: /run/secrets/fairtermin/client-secret}
session_key: {file: /run/secrets/fairtermin/session-key}
{{- end -}}
