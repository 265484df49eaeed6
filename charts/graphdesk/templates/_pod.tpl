{{/* What every pod of the chart has in common, migrations included. */}}
{{- define "graphdesk.podSettings" -}}
enableServiceLinks: false
automountServiceAccountToken: false
securityContext:
  runAsNonRoot: true
  runAsUser: 1000
  runAsGroup: 1000
  fsGroup: 1000
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
volumes:
  - name: tmp
    emptyDir:
      sizeLimit: 64Mi
{{- end }}

{{/* What every container has in common. Called with (list $ resources). */}}
{{- define "graphdesk.containerSettings" -}}
{{- $root := index . 0 -}}
image: {{ include "graphdesk.image" $root }}
imagePullPolicy: {{ $root.Values.image.pullPolicy }}
securityContext:
  runAsNonRoot: true
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop: [ALL]
  seccompProfile:
    type: RuntimeDefault
resources:
  {{- toYaml (index . 1) | nindent 2 }}
volumeMounts:
  - name: tmp
    mountPath: /tmp
{{- end }}

{{/* Node's heap gets three quarters of the memory limit; the rest is for buffers, stacks and code. */}}
{{- define "graphdesk.nodeOptions" -}}
{{- $limit := .limits.memory -}}
{{- $mebibytes := ternary (mul 1024 (trimSuffix "Gi" $limit | int)) (trimSuffix "Mi" $limit | int) (hasSuffix "Gi" $limit) -}}
--max-old-space-size={{ div (mul $mebibytes 3) 4 }}
{{- end }}

{{/* Settings of a service that are not secret. Called with (list $ service). */}}
{{- define "graphdesk.settings" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
NODE_ENV: production
HOST: 0.0.0.0
PORT: "4000"
LOG_LEVEL: {{ $root.Values.logLevel }}
NODE_OPTIONS: {{ include "graphdesk.nodeOptions" (index $root.Values.services $name).resources }}
{{- with $root.Values.nats }}
NATS_STREAM_REPLICAS: {{ .streamReplicas | quote }}
NATS_MONITORING_URL: {{ .monitoringUrl | quote }}
NATS_ALLOW_OLD_SERVER: {{ .allowOldServer | quote }}
NATS_ALLOW_SINGLE_REPLICA: {{ .allowSingleReplica | quote }}
NATS_ALLOW_UNSYNCED: {{ .allowUnsynced | quote }}
{{- end }}
{{- if eq $name "gateway" }}
{{- $urls := list }}
{{- range splitList "," (include "graphdesk.subgraphs" $root) }}
{{- $urls = append $urls (printf "%s=http://%s-%s:4000" . (include "graphdesk.fullname" $root) .) }}
{{- end }}
SUBGRAPHS: {{ join "," $urls | quote }}
AUTH_JWKS: {{ $root.Values.auth.jwks | quote }}
AUTH_ISSUER: {{ $root.Values.auth.issuer | quote }}
AUTH_AUDIENCE: {{ $root.Values.auth.audience | quote }}
{{- end }}
{{- if and (eq $name "communications") $root.Values.mail.existingSecret }}
MAIL_FROM: {{ required "mail.from is needed with mail.existingSecret" $root.Values.mail.from | quote }}
MAIL_TIMEOUT_MS: {{ $root.Values.mail.timeoutMs | quote }}
{{- end }}
{{- end }}

{{/* Settings of a service that come from your Secrets. Called with (list $ service). */}}
{{- define "graphdesk.secrets" -}}
{{- $root := index . 0 -}}
{{- $name := index . 1 -}}
{{- $values := $root.Values -}}
{{ include "graphdesk.secret" (list "NATS_URL" $values.nats.existingSecret $values.nats.key) }}
{{- if eq $name "gateway" }}
{{- range splitList "," (include "graphdesk.subgraphs" $root) }}
{{ include "graphdesk.secret" (list (printf "ENVELOPE_KEYS_%s" (upper .)) $values.envelope.existingSecret .) }}
{{- end }}
{{ include "graphdesk.secret" (list "CURSOR_KEY" $values.keys.existingSecret "cursor") }}
{{- else }}
{{ include "graphdesk.secret" (list "ENVELOPE_KEYS" $values.envelope.existingSecret $name) }}
{{ include "graphdesk.secret" (list "DATABASE_URL" $values.database.existingSecret (printf "%s-app" $name)) }}
{{ include "graphdesk.secret" (list "ENGINE_DATABASE_URL" $values.database.existingSecret (printf "%s-engine" $name)) }}
{{- if eq $name "changes" }}
{{ include "graphdesk.secret" (list "SECRETS_KEY" $values.keys.existingSecret $name) }}
{{- end }}
{{- if and (eq $name "communications") $values.mail.existingSecret }}
{{ include "graphdesk.secret" (list "SMTP_URL" $values.mail.existingSecret $values.mail.key) }}
{{- end }}
{{- end }}
{{- end }}

{{/* One environment variable from a Secret. Called with (list variable secret key). */}}
{{- define "graphdesk.secret" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end }}
