using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using DoorbellFace.Application.Doors;
using DoorbellFace.Core.Identity;
using DoorbellFace.Core.Rules;
using DoorbellFace.Home.Mqtt;
using DoorbellFace.Testing.Home;

namespace DoorbellFace.Home.Tests.Mqtt;

/// <summary>What a door tells through the broker, and what it does when it is told.</summary>
public sealed class BrokerTests : DoorAtTheBroker
{
    private static readonly string AnnasSensor = $"doorbellface_front_{HomeTopics.PersonKey(TestVisits.Anna)}";

    [MosquittoFact]
    public async Task Every_message_of_a_visit_is_as_it_is_committed()
    {
        House.Enrol(TestVisits.Anna, "Anna");
        await using HomeAssistantReceiver receiver = await StartAsync();
        MqttHome home = await BeginAsync(receiver);

        await VisitAsync(home, receiver);
        await UntilAsync(() =>
            Last(receiver, "last_visitor").Text.Contains("Anna", StringComparison.Ordinal)
                && Last(receiver, "someone_in_view").Text == "OFF" && Last(receiver, "cable").Text == "ON"
                && Last(receiver, "problem").Json["problem"]!.GetValue<string>() == "OFF");

        // Whoever comes later hears what the broker has kept, and nothing else.
        await using HomeAssistantReceiver late = await ListenToWhatIsKeptAsync();
        string[] kept = [.. late.All.Where(heard => heard.IsRetained).Select(heard => heard.Topic)];
        Assert.Empty(receiver.Complaints);
        Assert.Equal(["7-1"], receiver.Rings);
        AssertGolden("home-assistant/visit.json", receiver, kept);
    }

    [MosquittoFact]
    public async Task What_happens_once_and_what_shows_a_face_is_never_kept_by_the_broker()
    {
        await using HomeAssistantReceiver receiver = await StartAsync();
        MqttHome home = await BeginAsync(receiver);
        await VisitAsync(home, receiver);

        await using HomeAssistantReceiver late = await ListenToWhatIsKeptAsync();

        Assert.DoesNotContain(late.All, heard => heard.IsRetained && heard.Topic.Split('/')[^1] is "ring" or "visitor" or "picture");
        Assert.Empty(late.Rings);
    }

    [MosquittoFact]
    public async Task Online_is_acknowledged_before_the_first_ring_and_offline_is_said_at_the_end()
    {
        await using HomeAssistantReceiver receiver = await StartAsync();
        MqttHome home = new(Options(), DoorId.Front, House.House, TimeProvider.System, Log, Times);
        await home.ReceiveAsync(DoorEvents.Ring(1), default);
        Begin(home);

        await receiver.NextAsync("/ring");
        await StopAsync();
        await receiver.NextAsync(heard => heard.Topic.EndsWith("availability", StringComparison.Ordinal) && heard.Text == "offline");

        Assert.Equal(["7-1"], receiver.Rings);
        Assert.Empty(receiver.Swallowed);
    }

    [MosquittoFact]
    public async Task A_line_that_breaks_is_told_by_the_broker()
    {
        await using HomeAssistantReceiver receiver = await StartAsync();
        await using (BrokerLine line = await BrokerLine.OpenAsync(Options(), new HomeTopics(Options(), DoorId.Front), DoorId.Front,
            (_, _, _) => { }, default))
        {
            await line.SendAsync("doorbellface/front/availability", "online"u8.ToArray(), isRetained: true, expiresAfter: null, default);
            await receiver.NextAsync("availability");
        }

        Assert.Equal("offline", (await receiver.NextAsync("availability")).Text);
    }

    [MosquittoFact]
    public async Task A_Home_Assistant_that_starts_is_told_everything_again()
    {
        await using HomeAssistantReceiver receiver = await StartAsync();
        MqttHome home = await BeginAsync(receiver);
        int before = receiver.All.Count(heard => heard.Topic.EndsWith("doorbellface_front/config", StringComparison.Ordinal));

        await receiver.SayAsync("homeassistant/status", "online");
        await receiver.NextAsync("homeassistant/status");
        await receiver.NextAsync("doorbellface_front/config");
        await receiver.NextAsync("availability");
        await home.ReceiveAsync(DoorEvents.Ring(2), default);
        await receiver.NextAsync("/ring");

        Assert.True(receiver.All.Count(heard => heard.Topic.EndsWith("doorbellface_front/config", StringComparison.Ordinal)) > before);
        Assert.Equal(["7-2"], receiver.Rings);
    }

    [MosquittoFact]
    public async Task A_ring_to_which_nobody_listens_waits_for_a_Home_Assistant_that_is_on_its_way()
    {
        await Broker.StartAsync();
        MqttHome home = Begin();
        await home.ReceiveAsync(DoorEvents.Ring(1), default);
        await UntilAsync(() => home.Counters.PutAside > 0);

        await using HomeAssistantReceiver receiver = await ListenAsync();
        await UntilAsync(() => !receiver.Rings.IsEmpty);

        Assert.Equal(["7-1"], receiver.Rings);
        Assert.Empty(receiver.Swallowed);
    }

    [MosquittoFact]
    public async Task Commands_are_done_and_what_they_change_is_told()
    {
        await using HomeAssistantReceiver receiver = await StartAsync();
        MqttHome home = await BeginAsync(receiver);

        await receiver.CommandAsync("doorbellface_front_look", "PRESS");
        await receiver.CommandAsync("doorbellface_front_say_again", "PRESS");
        await receiver.CommandAsync("doorbellface_front_speak", "Supper is ready.");
        await receiver.CommandAsync("doorbellface_front_mute", "ON");
        await receiver.CommandAsync("doorbellface_front_volume", "60.0");
        await receiver.CommandAsync("doorbellface_front_rate", "220");
        await UntilAsync(() => home.Commands.Done == 6);

        Assert.Equal(["look", "say again", "say: Supper is ready."], Door.Asked);
        HouseRules rules = House.Rules.Read();
        Assert.Equal((true, 60, 220), (rules.IsMuted, rules.VolumePercent, rules.WordsPerMinute));
        await UntilAsync(() =>
            (Last(receiver, "front/mute").Text, Last(receiver, "front/volume").Text, Last(receiver, "front/rate").Text) == ("ON", "60",
                "220"));
        // Rules that somebody changes elsewhere are told as well.
        House.Rules.Change(_ => HouseRules.None);
        await UntilAsync(() => (Last(receiver, "front/mute").Text, Last(receiver, "front/rate").Text) == ("OFF", "160"));
    }

    [MosquittoFact]
    public async Task A_command_that_cannot_be_done_is_counted_and_what_the_ear_expects_is_said()
    {
        Door.CannotLook = true;
        await using HomeAssistantReceiver receiver = await StartAsync();
        MqttHome home = await BeginAsync(receiver);

        await receiver.CommandAsync("doorbellface_front_volume", "5000");
        await receiver.SayAsync("doorbellface/front/set/unlock", "1");
        await receiver.SayAsync("doorbellface/front/set/speak", new string('x', 3000));
        await receiver.CommandAsync("doorbellface_front_self_test", "PRESS");
        await UntilAsync(() => home.Commands.Refused == 3 && home.Commands.Done == 1);

        Assert.Equal(["look", "say: The camera sends no picture. I cannot see who is at the door."], Door.Asked);
        await UntilAsync(() => Last(receiver, "problem").Json["reason"]!.GetValue<string>() == "The doorbell sends no picture to look at.");
        Assert.Equal(100, House.Rules.Read().VolumePercent);
    }

    /// <summary>The broker would give it again at every start.</summary>
    [MosquittoFact]
    public async Task A_command_that_the_broker_has_kept_is_not_done()
    {
        await using HomeAssistantReceiver receiver = await StartAsync();
        await receiver.SayAsync("doorbellface/front/set/speak", "An old sentence.", isRetained: true);
        await receiver.NextAsync("set/speak");

        MqttHome home = Begin();
        await receiver.NextAsync("availability");
        await UntilAsync(() => home.Commands.Refused == 1);

        Assert.Empty(Door.Asked);
    }

    [MosquittoFact]
    public async Task Whoever_is_renamed_or_removed_is_so_at_the_broker_too()
    {
        House.Enrol(TestVisits.Anna, "Anna");
        await using HomeAssistantReceiver receiver = await StartAsync();
        MqttHome home = await BeginAsync(receiver, WithPersonSensors());
        House.Keep(DoorEvents.Known with { EndedAt = DoorEvents.At(20) });
        await VisitAsync(home, receiver);
        await UntilAsync(() => receiver.Entities.ContainsKey(AnnasSensor));

        House.People.Rename("Anna", "Anastasia");
        await home.ReceiveAsync(new PeopleChanged(DoorId.Front, DoorEvents.At(30), ["Anastasia"], null), default);
        await UntilAsync(() =>
            Last(receiver, "last_visitor").Json["visitor"]!.GetValue<string>() == "Anastasia"
                && receiver.Entities[AnnasSensor]["name"]!.GetValue<string>() == "Anastasia last at the door");

        House.People.Forget("Anastasia", withVisits: false);
        await home.ReceiveAsync(new PeopleChanged(DoorId.Front, DoorEvents.At(40), [], null), default);
        await UntilAsync(() =>
            Last(receiver, "last_visitor").Json["outcome"]!.GetValue<string>() == "forgotten"
                && !receiver.Entities.ContainsKey(AnnasSensor));
        await UntilAsync(() =>
            Last(receiver, "picture").Content.Length == 0
                && Last(receiver, "doorbellface_front/config").Json["components"]![HomeTopics.PersonKey(TestVisits.Anna)] is null);
        await UntilAsync(() =>
            Last(receiver, $"/person/{TestVisits.Anna.Value:N}").Content.Length == 0
                && !Last(receiver, "last_sentence").Text.Contains("Anna", StringComparison.Ordinal));

        await using HomeAssistantReceiver late = await ListenToWhatIsKeptAsync();
        Assert.DoesNotContain(late.All, heard =>
            heard.Text.Contains("Ana", StringComparison.Ordinal) || heard.Text.Contains("Anna", StringComparison.Ordinal)
                || heard.Topic.Contains("person", StringComparison.Ordinal));
        Assert.Empty(receiver.Complaints);
    }

    [MosquittoFact]
    public async Task Somebody_who_was_removed_while_the_program_was_off_is_removed_at_its_next_start()
    {
        House.Enrol(TestVisits.Anna, "Anna");
        await using HomeAssistantReceiver receiver = await StartAsync();
        Begin(WithPersonSensors());
        await UntilAsync(() => receiver.Entities.ContainsKey(AnnasSensor));
        await StopAsync();
        House.People.Forget("Anna", withVisits: true);

        Begin(WithPersonSensors());

        await UntilAsync(() => !receiver.Entities.ContainsKey(AnnasSensor));
        await UntilAsync(() =>
            Last(receiver, "doorbellface_front/config").Json["components"]![HomeTopics.PersonKey(TestVisits.Anna)] is null);
        Assert.Empty(receiver.Complaints);
    }

    [MosquittoFact]
    public async Task Two_doors_at_one_broker_are_told_apart()
    {
        await using HomeAssistantReceiver receiver = await StartAsync();
        MqttHome front = Begin(), garden = new(Options(), new DoorId("garden"), House.House, TimeProvider.System, Log, Times);
        Begin(garden);
        await UntilAsync(() =>
            receiver.Entities.ContainsKey("doorbellface_garden_ring") && receiver.Entities.ContainsKey("doorbellface_front_ring"));

        await front.ReceiveAsync(DoorEvents.Ring(1), default);
        await garden.ReceiveAsync(DoorEvents.Ring(1) with { Door = new DoorId("garden"), Boot = 9 }, default);
        await UntilAsync(() => receiver.Rings.Count == 2);

        Assert.Equal(["7-1", "9-1"], receiver.Rings.Order());
        Assert.Empty(receiver.Complaints);
    }

    [MosquittoFact]
    public async Task A_broker_with_a_password_and_a_certificate_of_the_house_is_used_and_a_wrong_password_is_told_once()
    {
        using var broker =
            new Mosquitto("certfile {folder}/broker.pem", "keyfile {folder}/broker.key", "allow_anonymous false",
                "password_file {folder}/passwords");
        TestCertificate.Write(broker.File("ca.pem"), broker.File("broker.pem"), broker.File("broker.key"));
        await File.WriteAllTextAsync(broker.File("passwords"), TestCertificate.MosquittoPassword("doorbell", "secret"));
        await File.WriteAllTextAsync(broker.File("password"), "secret\n");
        await broker.StartAsync();
        MqttOptions options = new()
        {
            Broker = "localhost", Port = broker.Port, UseTls = true, CaFile = broker.File("ca.pem"), User = "doorbell",
            Password = new Secret { File = broker.File("password") },
        };
        var trusted = new MqttHome(options, DoorId.Front, House.House, TimeProvider.System, Log, Times);
        Begin(trusted);
        await trusted.ReceiveAsync(DoorEvents.Ring(1), default);
        // The broker has taken it; nobody listens.
        await UntilAsync(() => trusted.Counters.PutAside > 0);

        Begin(new MqttHome(options with { Password = new Secret { Text = "wrong" } }, new DoorId("garden"), House.House,
            TimeProvider.System, Log, Times));
        await UntilAsync(() => Log.Warnings.Count > 0);
        Begin(new MqttHome(options with { CaFile = null }, new DoorId("gate"), House.House, TimeProvider.System, Log, Times));
        await UntilAsync(() => Log.Warnings.Count > 1);

        Assert.All(Log.Warnings, warning =>
            Assert.Contains("cannot be used, and is tried again and again", warning, StringComparison.Ordinal));
    }

    /// <summary>The bell comes first: whoever tells the broker must never wait for it.</summary>
    [Fact]
    public async Task A_broker_that_takes_the_line_and_never_answers_keeps_nobody_waiting()
    {
        using var mute = new TcpListener(IPAddress.Loopback, 0);
        mute.Start();
        Task<TcpClient> taken = mute.AcceptTcpClientAsync();
        MqttHome home = Begin(new MqttOptions { Broker = "127.0.0.1", Port = ((IPEndPoint)mute.LocalEndpoint).Port });
        using TcpClient line = await taken.WaitAsync(Patience);

        for (int ring = 0; ring < 1000; ring++)
        {
            ValueTask told = home.ReceiveAsync(DoorEvents.Ring(ring), default);
            Assert.True(told.IsCompletedSuccessfully);
        }

        Assert.Equal(1000 - Outbox.MostWaiting, home.Counters.Overflowed);
    }

    private MqttOptions WithPersonSensors() => Options() with { HasPersonSensors = true };

    /// <summary>Somebody rings, and has been told of with a picture.</summary>
    private static async Task VisitAsync(MqttHome home, HomeAssistantReceiver receiver)
    {
        foreach (DoorEvent happened in DoorEvents.WholeVisit) await home.ReceiveAsync(happened, default);
        await receiver.NextAsync("picture");
    }

    /// <summary>Somebody who comes later, and has heard what the broker has kept.</summary>
    private async Task<HomeAssistantReceiver> ListenToWhatIsKeptAsync()
    {
        HomeAssistantReceiver receiver = await ListenAsync();
        // What it says itself when it listens comes back after all that was kept.
        await receiver.NextAsync(heard => heard.Topic == "homeassistant/status");
        return receiver;
    }

    private static Heard Last(HomeAssistantReceiver receiver, string ending) =>
        receiver.All.LastOrDefault(heard => heard.Topic.EndsWith(ending, StringComparison.Ordinal))
            ?? new Heard("", "{}"u8.ToArray(), false);

    /// <summary>
    /// The last message under each topic. With DOORBELLFACE_UPDATE_GOLDEN in the environment the committed file is written and not
    /// compared.
    /// </summary>
    private static void AssertGolden(string fixture, HomeAssistantReceiver receiver, string[] kept)
    {
        var golden = new JsonObject();
        foreach (IGrouping<string, Heard> topic in receiver.All.GroupBy(heard => heard.Topic)
            .Where(topic => topic.Key != "homeassistant/status")
            .OrderBy(topic => topic.Key, StringComparer.Ordinal))
        {
            byte[] content = topic.Last().Content;
            JsonNode? shown = content is [0xFF, 0xD8, ..] ? "a JPEG" : content is [(byte)'{', ..]
                ? JsonNode.Parse(content)
                : System.Text.Encoding.UTF8.GetString(content);
            golden[topic.Key] = new JsonObject { ["retained"] = kept.Contains(topic.Key), ["payload"] = shown };
        }
        string text =
            golden.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
                + "\n";
        string path = Repository.Fixture(fixture);
        if (Environment.GetEnvironmentVariable("DOORBELLFACE_UPDATE_GOLDEN") is { Length: > 0 }) File.WriteAllText(path, text);
        Assert.Equal(File.ReadAllText(path), text);
    }
}
