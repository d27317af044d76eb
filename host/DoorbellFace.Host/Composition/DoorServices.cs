using DoorbellFace.Adapters.Serial;
using DoorbellFace.Adapters.Speech;
using DoorbellFace.Application.Doors;
using DoorbellFace.Application.Visits;
using DoorbellFace.Core.Languages;
using DoorbellFace.Core.People;
using DoorbellFace.Host.Pipeline;
using DoorbellFace.Host.Screens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DoorbellFace.Host.Composition;

/// <summary>
/// The parts of a running door, for the generic host: it makes them in the order in which they are needed, and disposes of them in the
/// reverse.
/// </summary>
internal static class DoorServices
{
    /// <summary>Adds a door.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="settings">What the door is set to.</param>
    /// <param name="screen">Shows events to whoever started the door.</param>
    /// <param name="recordPath">Where to keep what the line says; null: nowhere.</param>
    /// <param name="detector">What finds the faces.</param>
    public static void AddDoor(this IServiceCollection services, RunSettings settings, IDoorSubscriber screen, string? recordPath,
        DetectorChoice detector)
    {
        services.AddSingleton(settings);
        services.AddSingleton(SteadyTime.Of(TimeProvider.System));
        services.AddSingleton(provider =>
            new HouseServices(settings.DataFolder, Log<HouseServices>(provider), settings.ModelFolder, detector, settings.Speech.Voice));
        services.AddSingleton(provider => Speaker.Create(settings.Speech, Time(provider), Log<SpeechQueue>(provider)));
        services.AddSingleton(provider => VisitLog.Open(
            Get<HouseServices>(provider).VisitStorage, HouseServices.Pictures, Get<SpeechQueue>(provider).Speak, Log<VisitLog>(provider),
                settings.Language));
        services.AddSingleton(provider => LoadRecognition(Get<HouseServices>(provider), Time(provider), Log<LiveRecognition>(provider)));
        if (recordPath is not null)
            services.AddSingleton(provider => LinkRecorder.Create(recordPath, Time(provider), Log<LinkRecorder>(provider)));
        services.AddSingleton(provider =>
            new DoorbellLink(LinkOptions(settings, provider.GetService<LinkRecorder>()), Time(provider), Log<DoorbellLink>(provider)));
        services.AddSingleton<DoorMeters>();
        services.AddSingleton<DoorTraces>();
        if (settings.StrangerDays > 0)
            services.AddSingleton(provider => new StrangerWatch(Get<HouseServices>(provider).VisitStorage, HouseServices.Pictures,
                TimeSpan.FromDays(settings.StrangerDays), Log<StrangerWatch>(provider)));
        services.AddSingleton(provider =>
        {
            // The record first: a second program in the same folder is refused before it takes the port from the one that runs.
            var visits = Get<VisitLog>(provider);
            return new DoorParts(
                Get<DoorbellLink>(provider), Get<SpeechQueue>(provider), Get<LiveRecognition>(provider),
                    [screen, visits, Get<DoorMeters>(provider), Get<DoorTraces>(provider), .. provider.GetServices<IDoorSubscriber>()])
            {
                Door = settings.Door,
                Language = settings.Language,
                KeepRing = visits.KeepRingAsync,
                HouseRules = Get<HouseServices>(provider).RulesStorage,
                Wall = Get<HouseServices>(provider).WallStorage,
                Devices = Get<HouseServices>(provider).DeviceMemory,
                Enrolment = Get<HouseServices>(provider).Enrolment,
                Strangers = provider.GetService<StrangerWatch>(),
                Bells = [.. provider.GetServices<Action<int>>()],
            };
        });
        services.AddSingleton(provider => new RunningDoor(Get<DoorParts>(provider), Time(provider), Log<RunningDoor>(provider)));
        services.AddHome(settings);
        services.AddGpio(settings);
        services.AddPage(settings);
        services.AddHostedService<DoorService>();
    }

    private static LiveRecognition LoadRecognition(HouseServices house, TimeProvider time, ILogger log)
    {
        LiveRecognition recognition = LiveRecognition.Load(house.Recognition, time, log);
        recognition.WarmUp();
        return recognition;
    }

    private static DoorbellLinkOptions LinkOptions(RunSettings settings, LinkRecorder? recorder) => settings.Port is { } port
        ? DoorbellLinkOptions.ForPort(port, settings.BaudRateBitsPerSecond, recorder)
        : DoorbellLinkOptions.ForAnyPort(new PortDiscovery(), settings.BaudRateBitsPerSecond, recorder);

    private static T Get<T>(IServiceProvider provider)
        where T : notnull => provider.GetRequiredService<T>();

    private static SteadyTime Time(IServiceProvider provider) => Get<SteadyTime>(provider);

    private static ILogger<T> Log<T>(IServiceProvider provider) => Get<ILogger<T>>(provider);
}
