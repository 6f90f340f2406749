const COMPONENTS = 40;

/** A repository of stacks: `<file>` to text. Three levels of imports, 40 components in every stack. */
export function stackFiles(stacks: number): Readonly<Record<string, string>> {
  const files: Record<string, string> = {
    "atmos.yaml": ATMOS,
    "stacks/catalog/all.yaml": catalog(),
    "stacks/orgs/acme/_defaults.yaml": "vars: {namespace: acme}\n",
  };
  for (let at = 0; at < stacks; at++) {
    const tenant = `t${Math.floor(at / 10)}`;
    const folder = `stacks/orgs/acme/${tenant}`;
    files[`${folder}/_defaults.yaml`] = `import: [orgs/acme/_defaults]\nvars: {tenant: ${tenant}}\n`;
    files[`${folder}/ue2/s${at % 10}.yaml`] = stack(tenant, `s${at % 10}`);
  }
  return files;
}

const ATMOS = `stacks:
  base_path: stacks
  included_paths: ["orgs/**/*"]
  excluded_paths: ["**/_defaults.yaml"]
  name_pattern: "{tenant}-{environment}-{stage}"
components:
  helmfile:
    cluster_name_template: "{{ .vars.tenant }}-{{ .vars.environment }}-{{ .vars.stage }}-eks"
`;

function numbered(line: (at: number) => string, count = COMPONENTS): string {
  return Array.from({ length: count }, (_, at) => line(at)).join("");
}

function catalog(): string {
  const bases = numbered(
    (at) => `    base${at}: {metadata: {type: abstract}, vars: {size: ${at}, list: [a, b, c]}}\n`,
    5,
  );
  const components = numbered((at) =>
    `    component-${at}:
      metadata: {component: module-${at % 7}, inherits: [base${at % 5}]}
      vars:
        name: component-${at}
        enabled: true
        tags: {one: "1", two: "2"}
`
  );
  return `components:\n  terraform:\n${bases}${components}`;
}

function stack(tenant: string, stage: string): string {
  const components = numbered((at) =>
    `    component-${at}:
      vars:
        stage_size: ${at}
        note: "of ${stage}"
`
  );
  return `import: [orgs/acme/${tenant}/_defaults, catalog/all]
vars: {environment: ue2, stage: ${stage}, region: us-east-2}
components:\n  terraform:\n${components}`;
}
