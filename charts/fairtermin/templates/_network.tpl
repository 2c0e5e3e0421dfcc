{{/*
Who talks to whom, the only place that says so. `from`: services whose pods may connect; `to`: where
its own connections go, names of services or of `networkPolicy.egress`. People and agencies reach each
service from where `allowFromNamespaces` and `allowFrom` say. Notification asks identity for its keys
only where agencies may subscribe to events.
*/}}
{{- define "fairtermin.arrows" -}}
{{- $webhooks := dig "settings" "webhooks" dict .root.Values.notification -}}
slot:
  from: [portal]
  to: [identity, database, redis, bus, kubernetes, web]
identity:
  from: [slot, portal{{ if $webhooks }}, notification{{ end }}]
  to: [database, bus, web]
notification:
  from: []
  to: [{{ if $webhooks }}identity, {{ end }}database, bus, smtp, web]
portal:
  from: []
  to: [identity, slot, web]
auditor:
  from: []
  to: [{{ if .root.Values.auditor.authorities }}web{{ end }}]
{{- end -}}

{{/*
The ports of one way that the service's own settings name, beside those in the values: of Redis, the
mail server, identity providers, beacons of draws, witnesses of logs, authorities elsewhere. What an address within the
cluster names is a service's pods, to which an arrow leads. Call with role, root, target; prints a list.
*/}}
{{- define "fairtermin.settingsPorts" -}}
{{- $settings := get (fromYaml (include "fairtermin.settings" .)) .role -}}
{{- $addresses := list -}}
{{- $ports := list -}}
{{- if eq .target "redis" -}}
{{- $addresses = dig "holds" "redis" "urls" list $settings -}}
{{- else if eq .target "smtp" -}}
{{- with dig "mail" "smtp" "port" nil $settings }}{{ $ports = append $ports (int .) }}{{ end -}}
{{- else if eq .target "web" -}}
{{- $addresses = list (dig "identity" "issuer" "" $settings) (dig "identity" "jwks_url" "" $settings) (dig "webhooks" "identity" "jwks_url" "" $settings) -}}
{{- range dig "providers" list $settings }}{{ $addresses = append $addresses (.issuer | default "") }}{{ end -}}
{{- range dig "authorities" list $settings -}}
{{- if kindIs "map" . }}{{ $addresses = append $addresses (.base_url | default "") }}{{ end -}}
{{- end -}}
{{- $addresses = concat $addresses (dig "beacon" "drand" "relays" list $settings) -}}
{{- $addresses = append $addresses (dig "beacon" "auditor" "url" "" $settings) -}}
{{- range dig "log" "witnesses" list $settings }}{{ $addresses = append $addresses (.url | default "") }}{{ end -}}
{{- $tickets := get $settings "tickets" -}}
{{- if kindIs "map" $tickets }}{{ $addresses = append $addresses (dig "identity" "url" "" $tickets) }}{{ end -}}
{{- with regexFind ":[0-9]+/?$" .root.Values.proxy.address }}{{ $ports = append $ports (trimAll ":/" . | int) }}{{ end -}}
{{- end -}}
{{- range $addresses -}}
{{- $host := regexFind "^[a-z]+://[^/]+" . | replace "://" " " | splitList " " | last -}}
{{- $port := regexFind ":[0-9]+$" $host | trimPrefix ":" -}}
{{- if regexMatch "\\.svc(\\.cluster\\.local)?(:[0-9]+)?$" $host -}}
{{- else if $port }}{{ $ports = append $ports (int $port) -}}
{{- else if hasPrefix "http://" . }}{{ $ports = append $ports 80 -}}
{{- end -}}
{{- end -}}
{{- $ports | uniq | toJson -}}
{{- end -}}

{{/* Pods of one service in any namespace: authorities and platform have namespaces of their own. */}}
{{- define "fairtermin.peer" -}}
namespaceSelector: {}
podSelector:
  matchLabels: {app.kubernetes.io/part-of: fairtermin, app.kubernetes.io/component: {{ . }}}
{{- end -}}

{{- define "fairtermin.namespacePeer" -}}
namespaceSelector:
  matchLabels: {kubernetes.io/metadata.name: {{ . | quote }}}
{{- end -}}

{{- define "fairtermin.network" -}}
{{- $values := fromYaml (include "fairtermin.values" .) -}}
{{- $policy := $values.networkPolicy -}}
{{- $arrows := fromYaml (include "fairtermin.arrows" .) -}}
{{- $own := index $arrows .role -}}
{{- /* An auditor has no numbers to read. */ -}}
{{- $scraped := and $values.monitoring.enabled (ne .role "auditor") -}}
{{- if $policy.enabled -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "fairtermin.name" . }}
  namespace: {{ .root.Release.Namespace }}
  labels: {{- include "fairtermin.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels: {{- include "fairtermin.selector" . | nindent 6 }}
  policyTypes: [Ingress, Egress]
  {{- $in := list }}
  {{- range $own.from }}{{- $in = append $in (include "fairtermin.peer" .) }}{{- end }}
  {{- range $policy.allowFromNamespaces }}{{- $in = append $in (include "fairtermin.namespacePeer" .) }}{{- end }}
  {{- range $policy.allowFrom }}{{- $in = append $in (toYaml .) }}{{- end }}
  {{- if or $in $scraped }}
  ingress:
    {{- if $in }}
    - from:
        {{- range $in }}
        - {{- . | nindent 10 }}
        {{- end }}
      ports:
        - {port: 8080, protocol: TCP}
    {{- end }}
    {{- if $scraped }}
    # Prometheus.
    - from:
        - {{- include "fairtermin.namespacePeer" $values.monitoring.namespace | nindent 10 }}
      ports:
        - {port: 9464, protocol: TCP}
    {{- end }}
  {{- else }}
  ingress: []
  {{- end }}
  egress:
    # Names.
    - {{ with $policy.dns.to }}to: {{- toYaml . | nindent 8 }}
      {{ end }}ports:
        {{- range $policy.dns.ports }}
        - {port: {{ . }}, protocol: UDP}
        - {port: {{ . }}, protocol: TCP}
        {{- end }}
    {{- range $target := $own.to }}
    # {{ $target }}
    {{- if hasKey $arrows $target }}
    - to:
        - {{- include "fairtermin.peer" $target | nindent 10 }}
      ports:
        - {port: 8080, protocol: TCP}
    {{- else }}
    {{- $way := index $policy.egress $target }}
    {{- $named := include "fairtermin.settingsPorts" (dict "root" $.root "role" $.role "target" $target) | fromJsonArray }}
    - ports:
        {{- range concat $way.ports $named | uniq }}
        - {port: {{ . }}, protocol: TCP}
        {{- end }}
      {{- with $way.to }}
      to: {{- toYaml . | nindent 8 }}
      {{- end }}
    {{- end }}
    {{- end }}
{{- end -}}
{{- end -}}
