{{/*
Alerts by name, from what kube-state-metrics reports and, if `monitoring.scrape` is on, from the
service's own numbers. Each has a page in runbooks/. `NAME` stands for the service's name,
`NAMESPACE` for the release's.
*/}}
{{- define "fairtermin.alerts" -}}
FairterminUnavailable:
  summary: no pod of NAME is ready
  expr: kube_deployment_status_replicas_available{namespace="NAMESPACE",deployment="NAME"} == 0
  for: 2m
  severity: critical
FairterminRolloutStuck:
  summary: a new version of NAME does not get ready; the old one still serves
  expr: kube_deployment_status_condition{namespace="NAMESPACE",deployment="NAME",condition="Progressing",status="false"} == 1
  for: 5m
  severity: warning
FairterminRestarts:
  summary: pods of NAME start again and again
  expr: sum(increase(kube_pod_container_status_restarts_total{namespace="NAMESPACE",pod=~"NAME-.*"}[15m])) > 3
  for: 1m
  severity: warning
FairterminMigrationFailed:
  summary: the database of NAME could not be migrated; the upgrade stopped
  expr: kube_job_status_failed{namespace="NAMESPACE",job_name="NAME-migrate"} > 0
  for: 0m
  severity: critical
{{- if .scrape }}
FairterminPartAway:
  summary: NAME does without {{ `{{ $labels.part }}` }}
  expr: max by (part) (fairtermin_part_ready{namespace="NAMESPACE",service="NAME"}) == 0
  for: 2m
  severity: critical
FairterminErrors:
  summary: more than 5 of 100 requests to NAME fail
  expr: sum(rate(fairtermin_http_request_duration_seconds_count{namespace="NAMESPACE",service="NAME",status=~"5.."}[5m])) / sum(rate(fairtermin_http_request_duration_seconds_count{namespace="NAMESPACE",service="NAME"}[5m])) > 0.05
  for: 5m
  severity: critical
{{- if eq .role "slot" }}
FairterminCatalogueRefused:
  summary: the newest catalogue of NAME has a mistake; the last good one stays in force
  expr: max(fairtermin_catalogue_refused{namespace="NAMESPACE",service="NAME"}) == 1
  for: 5m
  severity: warning
FairterminCataloguesDiffer:
  summary: pods of NAME offer different catalogues
  expr: max(fairtermin_catalogue_version{namespace="NAMESPACE",service="NAME"}) != min(fairtermin_catalogue_version{namespace="NAMESPACE",service="NAME"})
  for: 10m
  severity: warning
FairterminNoLeader:
  summary: no pod of NAME does the jobs
  expr: max(fairtermin_leader_term{namespace="NAMESPACE",service="NAME"}) == 0
  for: 5m
  severity: warning
FairterminReferencesGuessed:
  summary: people at NAME tried as many references of entitlements as anybody may on a day
  expr: sum(increase(fairtermin_entitlement_tries_exhausted_total{namespace="NAMESPACE",service="NAME"}[1h])) > 0.5
  for: 0m
  severity: warning
FairterminEntitlementsMismatch:
  summary: more people at NAME are refused with a reference that is on file than get through
  expr: sum(increase(fairtermin_entitlement_mismatches_total{namespace="NAMESPACE",service="NAME"}[6h])) > 10 and sum(increase(fairtermin_entitlement_mismatches_total{namespace="NAMESPACE",service="NAME"}[6h])) > sum(increase(fairtermin_entitlement_claims_total{namespace="NAMESPACE",service="NAME"}[6h]))
  for: 0m
  severity: warning
FairterminDrawsStuck:
  summary: a draw of NAME does not go on; its people wait for the result
  expr: max(fairtermin_draws_stuck{namespace="NAMESPACE",service="NAME"}) > 0
  for: 5m
  severity: critical
FairterminDrawsUnannounced:
  summary: a draw of NAME is due and cannot be announced; nobody can enter it
  expr: max(fairtermin_draws_unannounced{namespace="NAMESPACE",service="NAME"}) > 0
  for: 10m
  severity: critical
FairterminDrawsOverdue:
  summary: a draw of NAME closed hours ago and is not over; its people wait for the result
  expr: max(fairtermin_draws_overdue{namespace="NAMESPACE",service="NAME"}) > 0
  for: 10m
  severity: critical
FairterminDrawsVoid:
  summary: a draw of NAME became void; nobody got its appointments
  expr: max(fairtermin_draws_void{namespace="NAMESPACE",service="NAME"}) > 0
  for: 0m
  severity: warning
FairterminWaitingListsStuck:
  summary: a step of the waiting lists of NAME fails, and a seat may stay kept for nobody
  expr: max(fairtermin_waiting_list_stuck{namespace="NAMESPACE",service="NAME"}) > 0
  for: 5m
  severity: warning
FairterminLogStuck:
  summary: the public log of NAME cannot be signed, so what happens in draws is not in it
  expr: max(fairtermin_log_stuck{namespace="NAMESPACE",service="NAME"}) == 1
  for: 5m
  severity: critical
FairterminCheckpointOld:
  summary: entries of the public log of NAME wait for a checkpoint
  expr: max(fairtermin_log_unsigned_entries{namespace="NAMESPACE",service="NAME"}) > 0 and max(fairtermin_log_checkpoint_age_seconds{namespace="NAMESPACE",service="NAME"}) > 120
  for: 5m
  severity: warning
FairterminWitnessesBehind:
  summary: witnesses have not cosigned the newest checkpoint of NAME
  expr: max(fairtermin_log_witnesses_behind{namespace="NAMESPACE",service="NAME"}) > 0
  for: 30m
  severity: warning
{{- end }}
{{- if eq .role "notification" }}
FairterminWebhooksFailing:
  summary: endpoints of agencies take nothing from NAME and have events waiting
  expr: max(fairtermin_webhooks_failing{namespace="NAMESPACE",service="NAME"}) > 0
  for: 1h
  severity: warning
FairterminWebhookPaused:
  summary: NAME paused the endpoint of an agency that took nothing for hours; its events are kept
  expr: sum(increase(fairtermin_webhook_pauses_total{namespace="NAMESPACE",service="NAME"}[1h])) > 0.5
  for: 0m
  severity: warning
{{- end }}
{{- if has .role (list "slot" "notification") }}
FairterminRevocationsUnheard:
  summary: NAME learns of ended log-ins only from identity's list; if that fails too, access ends with its token
  expr: max(fairtermin_revocations_deaf{namespace="NAMESPACE",service="NAME"}) == 1
  for: 5m
  severity: warning
{{- end }}
{{- end }}
{{- end -}}
