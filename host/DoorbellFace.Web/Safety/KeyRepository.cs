using System.Xml.Linq;
using DoorbellFace.Application.Page;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace DoorbellFace.Web.Safety;

/// <summary>The keys of cookies and forms, where the page's other secrets are.</summary>
/// <param name="keys">Keeps them.</param>
internal sealed class KeyRepository(IPageKeyStorage keys) : IXmlRepository
{
    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.ReadAll().Select(xml => XElement.Parse(xml))];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) =>
        keys.Add(friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
