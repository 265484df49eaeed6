/** What a template may name. */
export const PLACEHOLDERS = [
  'incident.reference',
  'incident.title',
  'incident.priority',
  'incident.declaredAt',
  'incident.resolvedAt',
  'service.name',
] as const;
export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What stands for each placeholder. Never an internal id: people read this. */
export type TemplateValues = Readonly<Record<Placeholder, string>>;

/**
 * Puts values in the place of `{{placeholders}}`, each escaped for where it goes. There is no logic, and what a value says is
 * not looked at again. Throws for a placeholder that does not exist.
 */
export function renderTemplate(template: string, values: TemplateValues, escape: (value: string) => string): string {
  return template.replace(/\{\{([^{}]*)\}\}/g, (_, name: string) => {
    const placeholder = PLACEHOLDERS.find((one) => one === name.trim());
    if (!placeholder) throw new Error(`no placeholder {{${name}}}`);
    return escape(values[placeholder]);
  });
}
