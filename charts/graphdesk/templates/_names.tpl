{{- define "graphdesk.name" -}}
{{ default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{/* The longest suffix is "-migrate-communications"; every name stays within 63 characters. */}}
{{- define "graphdesk.fullname" -}}
{{- $name := include "graphdesk.name" . -}}
{{- $full := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{ default $full .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "graphdesk.image" -}}
{{- $image := .Values.image -}}
{{- $name := $image.registry | empty | ternary $image.repository (printf "%s/%s" $image.registry $image.repository) -}}
{{- if $image.digest -}}
{{ $name }}@{{ $image.digest }}
{{- else -}}
{{ $name }}:{{ default .Chart.AppVersion $image.tag }}
{{- end -}}
{{- end }}

{{/* Labels that never change in the life of a release. Called with (list $ component). */}}
{{- define "graphdesk.selector" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ include "graphdesk.name" $root }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ index . 1 }}
{{- end }}

{{- define "graphdesk.labels" -}}
{{- $root := index . 0 -}}
{{ include "graphdesk.selector" . }}
app.kubernetes.io/part-of: graphdesk
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version }}
{{- end }}

{{/* Names of the services with a database, which is all but the gateway, as a comma separated list. */}}
{{- define "graphdesk.subgraphs" -}}
{{ keys (omit .Values.services "gateway") | sortAlpha | join "," }}
{{- end }}
