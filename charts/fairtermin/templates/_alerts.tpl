{{/*
Alerts by name, from what kube-state-metrics reports. Each has a page in runbooks/. `NAME` stands
for the service's name, `NAMESPACE` for the release's.
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
{{- end -}}
