// What can be set, each with its unit and its reason. Everything here may also be given to the compiler (-DLINK_BAUD=1000000).
// Impossible values stop the build with a sentence.

#ifndef DOORBELL_CONFIG_H
#define DOORBELL_CONFIG_H

// ---- Link ----------------------------------------------------------------------------------------------------------------

// Bits per second after a start: 500000, 1000000 or 2000000; the chip makes all three from its 16 MHz without any error. The host asks for
// faster ones and stays with the fastest that loses nothing, so this is the one that every USB chip carries: a CH340 or FT232 carries all
// three, a CP2102 none above 1000000, and the USB chip of a genuine Uno has been seen to lose bytes above 500000. A host of before protocol
// 1.2 asks for none: for it this is the rate for good.
#ifndef LINK_BAUD
#define LINK_BAUD 500000
#endif

// Mode after a start: 0 QVGA gray, 1 QQVGA gray, 2 QVGA colour, 3 QQVGA colour, 4 QVGA gray compressed. The host recognises faces in QVGA
// gray and asks for 4 if it knows it; an older one does not, so 0 is the start.
#ifndef START_MODE
#define START_MODE 0
#endif

// STATUS comes this often while no frame is being sent, in milliseconds. The host takes three missing ones for a dead device.
#ifndef STATUS_PERIOD_MS
#define STATUS_PERIOD_MS 5000
#endif

// ---- Bell and motion -----------------------------------------------------------------------------------------------------

// The button must be closed for this long before it is a press, in milliseconds: longer than half a period of the mains, which a long bell
// wire picks up and which pulls the line low for several milliseconds of every 20. All of press, debounce and BELL happen within 30 ms;
// nobody hears that.
#ifndef BELL_CLOSED_MS
#define BELL_CLOSED_MS 12
#endif

// The button must be open for this long before the next press can count, in milliseconds: bouncing when it is let go lasts longer.
#ifndef BELL_OPEN_MS
#define BELL_OPEN_MS 40
#endif

// An unacknowledged BELL is sent again after this time, in milliseconds (the protocol says: about 100).
#ifndef BELL_REPEAT_MS
#define BELL_REPEAT_MS 100
#endif

// Frames that a press starts (the protocol says: at least 8). The recognition votes over them.
#ifndef BELL_RUN_FRAMES
#define BELL_RUN_FRAMES 8
#endif

// A motion sensor (PIR) on its own pin: its output is high while somebody moves. 0: nothing is connected.
#ifndef MOTION_SENSOR
#define MOTION_SENSOR 1
#endif

// The sensor's output must be high for this long, in milliseconds: PIR modules give pulses of 2 s and more, so 50 ms costs nothing.
#ifndef MOTION_ACTIVE_MS
#define MOTION_ACTIVE_MS 50
#endif

// After a trigger nothing more is reported for this time, in milliseconds: a passer-by is one trigger, not twenty.
#ifndef MOTION_REST_MS
#define MOTION_REST_MS 10000
#endif

// A motion trigger starts frames, which go on for this time after the last movement, in milliseconds: whoever walks up to the door has been
// looked at before the finger reaches the button. At most 30000: the clock wraps after 65 s.
#ifndef MOTION_RUN_MS
#define MOTION_RUN_MS 15000
#endif

// ---- Picture -------------------------------------------------------------------------------------------------------------

// 1 mirrors the picture left to right / turns it upside down in the sensor, so that the module may be mounted any way round.
#ifndef SENSOR_MIRROR
#define SENSOR_MIRROR 0
#endif
#ifndef SENSOR_FLIP
#define SENSOR_FLIP 0
#endif

// 1 lifts the shadows, in which a face against the light lies; 0 leaves the sensor's own curve.
#ifndef SENSOR_LIFT_SHADOWS
#define SENSOR_LIFT_SHADOWS 1
#endif

// 1 keeps the sun from turning into a black spot.
#ifndef SENSOR_BLACK_SUN
#define SENSOR_BLACK_SUN 1
#endif

// A lamp behind a MOSFET on its own pin, on while frames are sent in the dark. 0: none.
#ifndef LAMP
#define LAMP 1
#endif

// It burns on for this time after the last frame, in milliseconds: a visitor is not left in the dark between two looks.
#ifndef LAMP_AFTER_MS
#define LAMP_AFTER_MS 10000
#endif

// Mains frequency in hertz: lamps flicker at twice this, and the exposure is kept to whole flickers. 50 in Europe, 60 in America.
#ifndef MAINS_HZ
#define MAINS_HZ 50
#endif

// Longest exposure at night, in milliseconds, rounded to whole flickers. A row of the sensor takes 1-3 ms at these slow clocks, so the
// sensor would expose for up to a second by itself: a walking face is a smear after 0.1 s. Darker than this the gain must help.
#ifndef NIGHT_MAX_EXPOSURE_MS
#define NIGHT_MAX_EXPOSURE_MS 80
#endif

// Highest gain at night: 2, 4, 8, 16, 32, 64 or 128 times. Beyond 16 the noise is larger than the differences between faces.
#ifndef NIGHT_MAX_GAIN
#define NIGHT_MAX_GAIN 16
#endif

// After power-up no frame is sent before the exposure changes by less than an eighth from frame to frame; but after this many frames in any
// case.
#ifndef SETTLE_MAX_FRAMES
#define SETTLE_MAX_FRAMES 8
#endif

// ---- What cannot be ------------------------------------------------------------------------------------------------------

#if LINK_BAUD != 500000 && LINK_BAUD != 1000000 && LINK_BAUD != 2000000
#error "LINK_BAUD must be 500000, 1000000 or 2000000: the row timing is worked out for these three."
#endif
#if START_MODE < 0 || START_MODE > 4
#error "START_MODE must be 0 to 4 (see docs/protocol.md, mode)."
#endif
#if BELL_CLOSED_MS < 2 || BELL_CLOSED_MS > 14
#error "BELL_CLOSED_MS must be 2 to 14: less is the bouncing itself, more does not fit the promise of 30 ms in the slowest mode."
#endif
#if BELL_RUN_FRAMES < 8
#error "BELL_RUN_FRAMES must be at least 8: docs/protocol.md promises that to the host."
#endif
#if MOTION_RUN_MS < 1000 || MOTION_RUN_MS > 30000
#error "MOTION_RUN_MS must be 1000 to 30000: less ends before the first frame does, more does not fit the clock."
#endif
#if MAINS_HZ != 50 && MAINS_HZ != 60
#error "MAINS_HZ must be 50 or 60."
#endif
#if NIGHT_MAX_EXPOSURE_MS < 20 || NIGHT_MAX_EXPOSURE_MS > 500
#error "NIGHT_MAX_EXPOSURE_MS must be 20 to 500: less is dark in any evening, more is a smear."
#endif
#if NIGHT_MAX_GAIN != 2 && NIGHT_MAX_GAIN != 4 && NIGHT_MAX_GAIN != 8 && NIGHT_MAX_GAIN != 16 && NIGHT_MAX_GAIN != 32 \
    && NIGHT_MAX_GAIN != 64 && NIGHT_MAX_GAIN != 128
#error "NIGHT_MAX_GAIN must be 2, 4, 8, 16, 32, 64 or 128: the sensor knows no others."
#endif

#endif
