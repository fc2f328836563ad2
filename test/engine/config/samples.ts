/** Configurations without mistakes, which use all of the language. */
export const VALID: readonly string[] = [
  "resources: {}",
  "locals:\nresources:\n  key_pair:\n",
  "provider: {openstack: {sandbox: true}}\nresources: {key_pair: {deploy: {type: ssh}}}",
  `variables:
  cloud: { type: string, default: prod, description: which cloud }
  ports: { type: list(number), default: [80, 443], validation: { min: 1, message: give ports } }
  secret: { default: s3cret, sensitive: true }
  groups: { type: map, default: { a: { port: 1 }, b: { port: 2 } } }
provider: { openstack: { cloud: "\${var.cloud}" } }
locals:
  text: "x-\${lower(var.cloud)}-\${local.joined}"
  joined: "\${join(',', var.ports)}"
  web: "\${security_group.web.id}"
resources:
  key_pair:
    deploy: { type: ssh, public_key_file: "\${var.secret}" }
  security_group:
    web:
      description: |
        \${local.text} of \${security_group.each["a"].name}
      depends_on: [security_group.each]
      rules:
        - { ingress: ssh, from: security_group.web, port: "\${var.ports[0]}" }
        - { ingress: [http], from: [10.0.0.0/8, 'security_group.each["a"]', "\${local.web}"] }
    each:
      for_each: "\${var.groups}"
      description: "\${each.key} costs $\${5}"
      labels: { length: "\${text(length(each.key))}" }
      rules: [{ ingress: "\${each.key}", port: "\${each.value.port}" }]
      lifecycle: { prevent_destroy: true, ignore_changes: [name] }
    list:
      for_each: [x, "y z"]
outputs:
  fingerprint: "\${key_pair.deploy.fingerprint}"
  all: { value: ["\${local.text}"], description: all texts, sensitive: false }
`,
];

/** Configurations whose mistakes the schema sees, and an editor with it. */
export const BROKEN_SHAPES: readonly string[] = [
  "resources: []",
  "just text",
  "variabels: {}",
  "variables: {x: {type: text}}",
  "variables: {a b: {}}",
  "variables: {x: {sensitive: yes}}",
  "provider: {openstak: {}}",
  "provider: {openstack: {cloud: 5}}",
  "resources: {keypair: {x: {}}}",
  "resources: {key_pair: {x: }}",
  "resources: {key_pair: {x: {type: shh}}}",
  "resources: {key_pair: {x: {public_key_file: ''}}}",
  "resources: {key_pair: {1x: {}}}",
  "resources: {security_group: {x: {rules: [{port: 0, ingress: a}]}}}",
  "resources: {security_group: {x: {rules: [{}]}}}",
  "resources: {security_group: {x: {rules: [{ingress: [1]}]}}}",
  "resources: {security_group: {x: {labels: {a: 1}}}}",
  "resources: {security_group: {x: {tags: [A]}}}",
  "resources: {security_group: {x: {stateful: on}}}",
  "resources: {security_group: {x: {for_each: 5}}}",
  "resources: {security_group: {x: {depends_on: security_group.y}}}",
  "resources: {security_group: {x: {lifecycle: {ignore_changes: [nmae]}}}}",
  "resources: {security_group: {x: {provider: aws}}}",
  "outputs: {x: {vale: 1}}",
  "outputs: {x: }",
];
