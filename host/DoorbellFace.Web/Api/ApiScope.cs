using DoorbellFace.Application.Page;

namespace DoorbellFace.Web.Api;

/// <summary>On an endpoint: what a token must be allowed; <see cref="ApiScopes.None"/> for anybody.</summary>
/// <param name="Needs">That.</param>
internal sealed record ApiScope(ApiScopes Needs);
