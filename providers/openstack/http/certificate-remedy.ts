/** What to do about OpenSSL's verdict on a certificate, by its code as node names it; undefined for other codes. */
export function certificateRemedy(code: string): string | undefined {
  switch (code) {
    case "CERT_HAS_EXPIRED":
      return "Check this machine's clock; if it is right, the operator must renew the certificate.";
    case "CERT_NOT_YET_VALID":
      return "Check this machine's clock; if it is right, the certificate is not valid yet.";
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      return "Use the host name that the certificate is for in auth_url or endpoint_override; the operator may add this one to it.";
    default:
      return OTHER.test(code)
        ? "Name the cloud's authority with cacert in clouds.yaml (verify: false checks nothing)."
        : undefined;
  }
}

const OTHER = /^(CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT)/u;
