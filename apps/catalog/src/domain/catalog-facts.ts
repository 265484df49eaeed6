/** What another system calls a thing that was imported from there. */
export interface ImportedFrom {
  readonly system: string;
  readonly externalId: string;
}

/** What can happen to a service in the catalog. */
export type ServiceFact = { readonly kind: 'service-registered' | 'service-updated'; readonly at: Date };

/** What can happen to a tenant. */
export type TenantFact = { readonly kind: 'tenant-registered' | 'tenant-updated'; readonly at: Date };

/** What can happen to a team. */
export type TeamFact = { readonly kind: 'team-registered'; readonly at: Date; readonly importedFrom?: ImportedFrom };

/** What can happen to a person. */
export type PersonFact = {
  readonly kind: 'person-registered';
  readonly at: Date;
  readonly importedFrom?: ImportedFrom;
};
