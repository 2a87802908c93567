"""Stands in for Google's identity: the metadata server of an instance and the OIDC issuer behind it.

`python -m infra.local.identity --port P --project ID --keys FOLDER` serves, as Google documents it:

- `/computeMetadata/v1/...`: project id, service accounts, access tokens, identity (OIDC) tokens. The official
  client libraries use it when GCE_METADATA_HOST and GCE_METADATA_IP are `127.0.0.1:P`.
- `/oauth2/v1/certs` and `/oauth2/v3/certs`: the issuer's public keys, as certificates and as a JWK set.
- `/v1/projects/{project}/apps/{app}:exchangeDebugToken` and `/v1/jwks`: Firebase App Check's part.
- `/tokeninfo?access_token=` (or `id_token=`): 200 with `email` and `expires_in`, or 400: how another
  stand-in checks the `Authorization: Bearer` it was given.

Unlike the real metadata server it issues tokens for any service account of the project, named by its e-mail
in place of `default`: the stand-ins of Cloud Tasks and Eventarc act as theirs.
"""
