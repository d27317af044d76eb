using System.Text.Json;
using DoorbellFace.Core.Announcements;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.Link;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Application.Doors;

/// <summary>
/// Knows a door's doorbell again by the number that it tells, and says aloud, once, when another one hangs on the cable: whoever opens the
/// box outside can exchange it. The number is no secret, and proves nothing to somebody who has copied it. Never throws; what cannot be
/// read or kept is logged. Not thread-safe: the door's worker owns it.
/// </summary>
/// <param name="memory">Where the numbers are kept; null: nothing is remembered.</param>
/// <param name="door">Which door.</param>
/// <param name="language">What it is said in.</param>
/// <param name="log">For remarks.</param>
public sealed class DeviceWatch(IDeviceMemory? memory, DoorId door, Language language, ILogger log)
{
    private const string Key = "device";

    /// <summary>A doorbell has introduced itself; what is to be said of it, or null.</summary>
    public Announcement? Hear(HelloPacket hello)
    {
        if (memory is null) return null;
        try
        {
            Dictionary<string, int> numbers = Parse(memory.Read());
            int before = numbers.GetValueOrDefault(door.Value);
            if (before == hello.DeviceNumber) return null;
            // 0, of a doorbell without a number, is as good as nothing: an older program says nothing about who it is.
            numbers[door.Value] = hello.DeviceNumber;
            memory.Write(JsonSerializer.Serialize(numbers));
            if (before == 0) return null;
            log.LogWarning("Another doorbell is connected: number {Number}, and before {Before}.", hello.DeviceNumber, before);
            return new Announcement(language.Say(Sentence.DoorbellExchanged), AnnouncementPriority.High, Key);
        }
        catch (DoorbellException error)
        {
            log.LogWarning("{Reason}", error.Message);
            return null;
        }
    }

    private Dictionary<string, int> Parse(string? text)
    {
        try
        {
            return text is null ? [] : JsonSerializer.Deserialize<Dictionary<string, int>>(text) ?? [];
        }
        catch (JsonException)
        {
            log.LogWarning("{Place} is no list of doorbells' numbers; a new one is written.", memory!.Place);
            return [];
        }
    }
}
