const project = '{project}';

/** Headers in which products and gateways name whose a request is. */
export const otherHeaders: Readonly<Record<string, string>> = {
  'X-Project': project,
  'X-Mufi-Project-Id': project,
  'X-Account-Id': project,
  'X-Organization-Id': project,
  'X-Org-Id': project,
  'X-Workspace-Id': project,
  'X-Scope-OrgID': project,
  'X-Customer-Id': project,
  'X-Consumer-Custom-Id': project,
  'X-Goog-User-Project': project,
  'X-Tenant': project,
  baggage: `project_id=${project},tenant_id=${project}`,
};

/** Cookies by which a page remembers which project is open. */
export const projectCookie: Readonly<Record<string, string>> = {
  Cookie: ['project_id', 'project', 'tenant_id', 'account_id', 'org_id']
    .map((name) => `${name}=${project}`)
    .join('; '),
};

/** Parameters that say whose a request is, or what a list is limited to. */
export const otherParameters: Readonly<Record<string, string>> = {
  project,
  tenant_id: project,
  account_id: project,
  organization_id: project,
  org_id: project,
  workspace_id: project,
  owner_id: project,
  'filter[project_id]': project,
};

/** Parameters that ask for a list of everything. */
export const everything: Readonly<Record<string, string>> = {
  all: 'true',
  scope: 'all',
  project_id: '*',
  'filter[project_id]': '',
};
