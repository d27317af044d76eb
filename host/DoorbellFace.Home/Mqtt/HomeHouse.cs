using DoorbellFace.Application.People;
using DoorbellFace.Application.Rules;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Languages;

namespace DoorbellFace.Home.Mqtt;

/// <summary>What of the house is told over the broker, and asked by it.</summary>
/// <param name="Visits">The visits that are kept.</param>
/// <param name="People">Who is enrolled.</param>
/// <param name="Rules">The rules of the house.</param>
/// <param name="RulesStorage">Says when the rules have changed.</param>
/// <param name="Correction">Learns who a visitor was.</param>
/// <param name="Language">What is said is said in it.</param>
/// <param name="WordsPerMinute">How fast the voice is set to speak.</param>
/// <param name="EncodeJpeg">A picture as the bytes of a JPEG file.</param>
/// <param name="Version">Of this program.</param>
public sealed record HomeHouse(
    VisitService Visits, PeopleService People, RulesService Rules, IRulesStorage RulesStorage, SpokenCorrection Correction,
        Language Language, int WordsPerMinute,
    Func<PixelBuffer, byte[]> EncodeJpeg, string Version);
