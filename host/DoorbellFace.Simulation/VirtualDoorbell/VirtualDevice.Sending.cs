using DoorbellFace.Core.Imaging;
using DoorbellFace.Core.Link;

namespace DoorbellFace.Simulation.VirtualDoorbell;

/// <summary>What is sent, and when.</summary>
public sealed partial class VirtualDevice
{
    /// <summary>Writes the next packet that is due.</summary>
    /// <param name="target">At least <see cref="PacketDecoder.MaxPacketBytes"/> bytes.</param>
    /// <returns>Its length; 0 when nothing is due.</returns>
    public int Take(Span<byte> target)
    {
        FrameSent? begun = null, ended = null;
        int length;
        lock (_lock) length = Take(Now, target, ref begun, ref ended);
        if (begun is { } first) FrameBegun?.Invoke(first);
        if (ended is { } last) FrameEnded?.Invoke(last);
        return length;
    }

    /// <summary>How long until something is due by the clock; zero when it is due already.</summary>
    public TimeSpan NextDue()
    {
        lock (_lock)
        {
            TimeSpan now = Now, due = NextDueAt(now);
            return due <= now ? TimeSpan.Zero : due - now;
        }
    }

    private int Take(TimeSpan now, Span<byte> target, ref FrameSent? begun, ref FrameSent? ended)
    {
        if (!_isUp && !Start(now)) return 0;
        if (_frame is null && !WantsFrame) _framesInARow = 0;
        if (_pressToTell is { } press && now >= _bellAt)
        {
            _bellAt = now + TimeSpan.FromMilliseconds(BellEveryMilliseconds);
            return PacketCodec.Encode(new BellPacket(_boot, press), target);
        }
        if (_outbox.TryDequeue(out byte[]? packet))
        {
            packet.CopyTo(target);
            if (_outbox.Count == 0 && _resetsAfterAck) Restart(resetCause: 1 << 3);
            return packet.Length;
        }
        if (_frame is null && WantsFrame && NextFrame(now) is var next && now >= next.BeginsAt) return BeginFrame(next, target, ref begun);
        if (_frame is { } frame && now >= frame.NextAt) return ContinueFrame(frame, now, target, ref ended);
        if (_frame is null && now >= _statusAt)
        {
            _statusAt = now + TimeSpan.FromSeconds(StatusEverySeconds);
            SendStatus();
            return Take(now, target, ref begun, ref ended);
        }
        return 0;
    }

    private bool Start(TimeSpan now)
    {
        if (now < _startedAt + _options.StartTime) return false;
        _isUp = true;
        _statusAt = now + TimeSpan.FromSeconds(StatusEverySeconds);
        SendHello();
        if (_options.Camera is { } fault) Send(new LogPacket(LogSeverity.Error, fault.RemarkCode, fault.Remark));
        return true;
    }

    private TimeSpan NextDueAt(TimeSpan now)
    {
        if (!_isUp) return _startedAt + _options.StartTime;
        if (_outbox.Count > 0) return TimeSpan.Zero;
        TimeSpan frame = _frame is { } open ? open.NextAt : WantsFrame ? NextFrame(now).BeginsAt : _statusAt;
        TimeSpan bell = _pressToTell is null ? Never : _bellAt;
        return bell < frame ? bell : frame;
    }

    /// <summary>
    /// The sensor never stops. The first frames of a run begin at once, with whatever row comes next, and go round (protocol 1.1); others
    /// begin at its next vertical blank, the k-th period after the start.
    /// </summary>
    private Place NextFrame(TimeSpan now)
    {
        if (!_options.IsPaced) return new Place(TimeSpan.Zero, TimeSpan.Zero, FirstRow: 0);
        if (_options.ProtocolMinor > 0 && _framesInARow < FramesAtOnce)
        {
            TimeSpan rowPeriod = _mode.RowPeriod(_options.BaudRateBitsPerSecond);
            TimeSpan top = _startedAt + (Math.Floor((now - _startedAt) / FramePeriod) * FramePeriod);
            // FRAME_START and the row's header leave before the row begins.
            int row = (int)Math.Ceiling((now - top) / rowPeriod) + 1;
            if (row < _mode.Height) return new Place(now, top, row);
        }
        // A frame that could not begin within a tenth of its period has missed its blank and waits for the next.
        if (_frameAt is not { } at || at + (FramePeriod / 10) < now)
        {
            long periods = (long)Math.Ceiling((now - _startedAt) / FramePeriod);
            _frameAt = at = _startedAt + (periods * FramePeriod);
        }
        return new Place(at, at, FirstRow: 0);
    }

    private int BeginFrame(Place place, Span<byte> target, ref FrameSent? begun)
    {
        _frameAt = place.Top + FramePeriod;
        if (_framesInARow < FramesAtOnce) _framesInARow++;
        FrameTrigger trigger = _runFrames > 0 ? FrameTrigger.Bell : _requests > 0 ? FrameTrigger.Request : FrameTrigger.Stream;
        if (trigger == FrameTrigger.Bell) _runFrames--;
        if (trigger == FrameTrigger.Request) _requests--;
        PixelBuffer pixels = _showsTestBars ? TestBars.Draw(_mode.Width, _mode.Height, _mode.Format) : _sensor.Capture(_scene(), _mode);
        var sent = new FrameSent(_boot, _nextSequence, trigger, _presses);
        if (_options.Camera is { } fault) pixels = fault.Pass(pixels);
        (TimeSpan rowPeriod, TimeSpan period) =
            _options.IsPaced ? (_mode.RowPeriod(_options.BaudRateBitsPerSecond), FramePeriod) : (TimeSpan.Zero, TimeSpan.Zero);
        _frame = new FrameBeingSent(sent, pixels, place, rowPeriod, period, _mode.IsCompressed);
        _nextSequence = (_nextSequence + 1) % SequenceLimits.Frames;
        begun = sent;
        return PacketCodec.Encode(
            new FrameStartPacket(
                sent.Sequence, _mode.Number, pixels.Width, pixels.Height, _mode.WireCode, (int)trigger,
                (_showsTestBars ? 1 : 0) | (place.FirstRow > 0 ? 2 : 0)),
            target);
    }

    private int ContinueFrame(FrameBeingSent frame, TimeSpan now, Span<byte> target, ref FrameSent? ended)
    {
        if (frame.RowsSent < frame.Pixels.Height)
        {
            int row = frame.NextRow;
            frame.RowsSent++;
            return RowPacket.Encode(frame.Sent.Sequence, row, frame.Row(row), target);
        }
        _frame = null;
        _framesSent++;
        _statusAt = now + TimeSpan.FromSeconds(StatusEverySeconds);
        ended = frame.Sent;
        (int exposure, int gain) = frame.ExposureAndGain();
        return PacketCodec.Encode(new FrameEndPacket(frame.Sent.Sequence, frame.Pixels.Height, 0, 0, exposure, gain), target);
    }

    /// <summary>Where a frame begins.</summary>
    /// <param name="BeginsAt">FRAME_START may leave.</param>
    /// <param name="Top">When the sensor began the frame that its first row belongs to.</param>
    /// <param name="FirstRow">The row that is sent first.</param>
    private readonly record struct Place(TimeSpan BeginsAt, TimeSpan Top, int FirstRow);

    private sealed record FrameBeingSent(
        FrameSent Sent, PixelBuffer Pixels, Place Place, TimeSpan RowPeriod, TimeSpan Period, bool IsCompressed)
    {
        public int RowsSent { get; set; }

        public int NextRow => (Place.FirstRow + RowsSent) % Pixels.Height;

        /// <summary>A row as it travels.</summary>
        public ReadOnlySpan<byte> Row(int row)
        {
            if (!IsCompressed) return Pixels.Row(row);
            byte[] packed = new byte[CompressedRow.Bytes(Pixels.Width)];
            CompressedRow.Encode(Pixels.Row(row), packed);
            return packed;
        }

        /// <summary>
        /// A row leaves when the sensor has delivered it, those before the first one a frame later; FRAME_END a row after the last.
        /// </summary>
        public TimeSpan NextAt => RowsSent < Pixels.Height ? At(RowsSent) : At(RowsSent - 1) + RowPeriod;

        /// <summary>What automatic exposure would have chosen for so bright a picture: first longer rows up to 510, then gain.</summary>
        public (int ExposureRows, int Gain) ExposureAndGain()
        {
            const int TargetLevel = 110, RowsAtTarget = 250, MostRows = 510, UnityGain = 16, MostGain = 1023;
            long sum = 0;
            int step = Pixels.Format == PixelFormat.Gray8 ? 1 : 2;
            for (int i = 0; i < Pixels.Pixels.Length; i += step) sum += Pixels.Pixels[i];
            double wanted = TargetLevel / Math.Max((double)sum * step / Pixels.Pixels.Length, 1);
            double rows = Math.Clamp(RowsAtTarget * wanted, 1, MostRows);
            return ((int)rows, (int)Math.Clamp(UnityGain * RowsAtTarget * wanted / rows, UnityGain, MostGain));
        }

        private TimeSpan At(int rowsBefore)
        {
            (int rounds, int row) = Math.DivRem(Place.FirstRow + rowsBefore, Pixels.Height);
            return Place.Top + (rounds * Period) + ((row + 1) * RowPeriod);
        }
    }

    /// <summary>How many different numbers the protocol has.</summary>
    private static class SequenceLimits
    {
        public const int Frames = 16384;
        public const int Presses = 16383;
    }
}
