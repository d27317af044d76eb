namespace DoorbellFace.Browser.Tests;

/// <summary>Every page that the furnished house has, by the name under which its pictures and snapshots are kept.</summary>
internal static class Places
{
    /// <summary>Those for whoever is logged in.</summary>
    public static IReadOnlyList<(string Name, string Address)> Of(FurnishedHouse house) =>
    [
        ("now", "/"),
        ("visits", "/visits"),
        ("visits-none", "/visits?day=2001-01-01"),
        ("visit-named", $"/visits/{house.Mistaken}"),
        ("visit-of-a-stranger", $"/visits/{house.Stranger}"),
        ("visit-without-a-picture", $"/visits/{house.Nobody}"),
        ("review", "/review"),
        ("people", "/people"),
        ("people-check", "/people/check"),
        ("person", $"/people/{house.Ben}"),
        ("person-split", $"/people/{house.Ben}/split"),
        ("person-join", $"/people/{house.Ben}/join?into=Anna"),
        ("model", "/model"),
        ("settings", "/settings"),
        ("nowhere", "/nowhere"),
    ];
}
