"""Fills the lab's Keystone and asks whether the lab is ready.

reachable: all three services answer.
fill:      makes the catalog, projects, users and roles that are missing.
ready:     a plain user's token is taken by Nova and Neutron.
"""
import json
import os
import sys
import urllib.error
import urllib.request

KEYSTONE, NOVA, NEUTRON, REGION, PASSWORD = (
    os.environ[name]
    for name in ("KEYSTONE_URL", "NOVA_URL", "NEUTRON_URL", "LAB_REGION", "LAB_PASSWORD"))

# user, project, roles; "creator" grants nothing: it is there for subsets of roles
USERS = (
    ("openstack-service", "service", ("service",)),
    ("demo", "demo", ("member", "creator")),
    ("reader", "demo", ("reader",)),
    ("demo2", "demo2", ("member",)),
)


def call(method, url, body=None, token=None):
    headers = {"Content-Type": "application/json"}
    if token:
        headers["X-Auth-Token"] = token
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        content = answer.read()
        return answer.headers, json.loads(content) if content else None


def log_in(user, project):
    domain = {"id": "default"}
    body = {"auth": {
        "identity": {"methods": ["password"], "password": {
            "user": {"name": user, "domain": domain, "password": PASSWORD}}},
        "scope": {"project": {"name": project, "domain": domain}}}}
    return call("POST", KEYSTONE + "/auth/tokens", body)[0]["X-Subject-Token"]


def fill():
    token = log_in("admin", "admin")
    kinds = ("service", "endpoint", "project", "user", "role")
    there = {it: call("GET", f"{KEYSTONE}/{it}s", token=token)[1][it + "s"] for it in kinds}

    def ensure(kind, identity, **fields):
        for thing in there[kind]:
            if all(thing.get(key) == value for key, value in identity.items()):
                return thing["id"]
        made = call("POST", f"{KEYSTONE}/{kind}s", {kind: {**identity, **fields}}, token)[1][kind]
        there[kind].append(made)
        return made["id"]

    for kind, name, url in (("identity", "keystone", KEYSTONE), ("compute", "nova", NOVA),
                            ("network", "neutron", NEUTRON)):
        service = ensure("service", {"type": kind}, name=name)
        for interface in ("public", "internal", "admin"):
            ensure("endpoint", {"service_id": service, "interface": interface, "url": url},
                   region_id=REGION)
    for name, project, roles in USERS:
        project_id = ensure("project", {"name": project}, domain_id="default")
        user_id = ensure("user", {"name": name}, domain_id="default", password=PASSWORD,
                         default_project_id=project_id)
        for role in roles:
            role_id = ensure("role", {"name": role})
            path = f"/projects/{project_id}/users/{user_id}/roles/{role_id}"
            call("PUT", KEYSTONE + path, token=token)


def reachable():
    for url in (KEYSTONE, NOVA.removesuffix("/v2.1") + "/", NEUTRON + "/"):
        call("GET", url)


def ready():
    token = log_in("demo", "demo")
    for url in (NOVA + "/os-keypairs", NEUTRON + "/v2.0/security-groups"):
        call("GET", url, token=token)


try:
    {"fill": fill, "reachable": reachable, "ready": ready}[sys.argv[1]]()
except (urllib.error.URLError, OSError) as error:
    sys.exit(f"lab: {getattr(error, 'url', '')} {error}")
