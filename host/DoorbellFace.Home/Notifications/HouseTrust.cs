using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace DoorbellFace.Home.Notifications;

/// <summary>Whose certificates are taken: those that this computer trusts, and those that a house has signed for its own servers.</summary>
internal static class HouseTrust
{
    /// <summary>Decides over a server's certificate; null where this computer's own decision counts.</summary>
    /// <param name="caFile">A file with the certificate (PEM) that the house signs with; null: there is none.</param>
    public static RemoteCertificateValidationCallback? Of(string? caFile) => caFile is null ? null : (_, certificate, chain, errors) =>
    {
        if (errors == SslPolicyErrors.None) return true;
        // A certificate for another name, or none at all, is not mended by who has signed it.
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 server) return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.CustomTrustStore.ImportFromPemFile(caFile);
        if (chain is not null) own.ChainPolicy.ExtraStore.AddRange(chain.ChainElements.Select(element => element.Certificate).ToArray());
        return own.Build(server);
    };
}
