import type { Audience, Occasion } from './vocabulary.js';

/** The words of an update before anybody edits them. */
export interface UpdateTemplate {
  /** Goes up with every change of the words; each draft tells which it was made from. */
  readonly version: number;
  readonly audience: Audience;
  /** One line of plain text. */
  readonly subject: string;
  /** Markdown. No line begins with a placeholder, so no value can begin a list or a heading. */
  readonly body: string;
}

export const TEMPLATES: Readonly<Record<Occasion, UpdateTemplate>> = {
  INVESTIGATING: {
    version: 1,
    audience: 'INTERNAL_STAKEHOLDERS',
    subject: '{{incident.reference}}: we are investigating a disruption of {{service.name}}',
    body: `We are investigating **{{incident.reference}}**: {{incident.title}}.

- Affected: {{service.name}}
- Priority: {{incident.priority}}
- Known since: {{incident.declaredAt}}

We will write again as soon as we know more.`,
  },
  ROLLING_BACK: {
    version: 1,
    audience: 'INTERNAL_STAKEHOLDERS',
    subject: '{{incident.reference}}: a change is being rolled back',
    body: `We suspect that a recent change caused **{{incident.reference}}**: {{incident.title}}.

The change is being rolled back; {{service.name}} may be interrupted for a moment meanwhile.

We will write again when it is done.`,
  },
  RESOLVED: {
    version: 1,
    audience: 'INTERNAL_STAKEHOLDERS',
    subject: '{{incident.reference}}: {{service.name}} is restored',
    body: `The incident **{{incident.reference}}** is resolved: {{incident.title}}.

- Affected: {{service.name}}
- Resolved: {{incident.resolvedAt}}

We keep watching that it stays so.`,
  },
};
