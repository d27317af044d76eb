using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace DoorbellFace.Home.Tests;

/// <summary>A certificate that a house has made for its own broker.</summary>
internal static class TestCertificate
{
    /// <summary>Writes the authority's certificate, the broker's for "localhost", and the broker's key.</summary>
    public static void Write(string authorityFile, string brokerFile, string keyFile)
    {
        DateTimeOffset from = DateTimeOffset.UtcNow.AddDays(-1), until = from.AddDays(10);
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var authority = new CertificateRequest("CN=Our house", authorityKey, HashAlgorithmName.SHA256);
        authority.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0,
            critical: true));
        using X509Certificate2 ca = authority.CreateSelfSigned(from, until);
        using var brokerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var broker = new CertificateRequest("CN=localhost", brokerKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        broker.CertificateExtensions.Add(names.Build());
        using X509Certificate2 signed = broker.Create(ca, from, until, [1, 2, 3, 4]);
        File.WriteAllText(authorityFile, ca.ExportCertificatePem());
        File.WriteAllText(brokerFile, signed.ExportCertificatePem());
        File.WriteAllText(keyFile, brokerKey.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>A line of mosquitto's password file: PBKDF2 with SHA-512, as mosquitto_passwd of version 2 writes it.</summary>
    public static string MosquittoPassword(string user, string password)
    {
        byte[] salt = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, 101, HashAlgorithmName.SHA512, 64);
        return $"{user}:$7$101${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}\n";
    }
}
