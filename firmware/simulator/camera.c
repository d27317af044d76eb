// SPDX-License-Identifier: GPL-3.0-or-later The OV7670 as the sketch sees it: registers over SCCB, and VSYNC, HREF, PCLK and eight data
// lines that follow from the registers, from XCLK and from the time (datasheet 1.4: frame timing, figure 6; registers, table 5). Settings
// count from the next frame on.

#include <stdio.h>
#include <string.h>

#include "camera.h"
#include "scene.h"

enum { FRAME_ROWS = 510, ROW_CLOCKS = 784 * 2, VSYNC_ROWS = 3, ROWS_BEFORE_PICTURE = 17 };
enum {
    GAIN = 0x00, VREF = 0x03, COM1 = 0x04, AECHH = 0x07, PID = 0x0A, VER = 0x0B, COM3 = 0x0C, AECH = 0x10, CLKRC = 0x11, COM7 = 0x12,
    COM8 = 0x13, COM9 = 0x14, COM10 = 0x15, HSTART = 0x17, HSTOP = 0x18, VSTRT = 0x19, VSTOP = 0x1A, MVFP = 0x1E, HREF = 0x32, TSLB = 0x3A,
    COM11 = 0x3B, COM13 = 0x3D, COM14 = 0x3E, COM17 = 0x42, DBLV = 0x6B, DCWCTR = 0x72, BD50ST = 0x9D, BD60ST = 0x9E, BD50MAX = 0xA5,
    BD60MAX = 0xAB,
};

camera_faults_t camera_faults;
camera_quirks_t camera_quirks;
camera_statistics_t camera_statistics = {.least_write_gap = UINT64_MAX};

static uint8_t registers[256];
static uint32_t scene_needs_us = 20000; // exposure time for a right picture of the scene
static bool lamp_is_on;
enum { LAMP_NEEDS_US = 15000 }; // the same with the lamp on, when the scene alone is darker
static uint32_t exposure_needed = 1, exposure = 16, gain_x16 = 16; // in rows; in sixteenths
static cycle_t last_write;
static uint32_t clock_given; // XCLK: cycles per period, 0 when it does not run

// What the current frame was begun with.
static struct {
    cycle_t start;
    uint32_t clock;       // cycles of the chip per sensor clock; 0: no XCLK
    uint32_t byte_cycles; // per output byte
    int scale;            // picture thinned out by 1 << scale
    int columns, rows;    // of the window
    bool quiet_blank, vsync_low, href_low, bars;
    int order;            // of the bytes
    int edge_offset;      // of HREF against the data
} frame;
static picture_t picture;

// A row of the test bars, 320 pixels wide, from a recording of a real sensor: from which pixel (luma) or pair (chroma) on which level. The
// bars are 41 pixels wide, with blended ones between them.
typedef struct {
    uint16_t from;
    uint8_t level;
} step_t;
static const step_t bars_y[] = {
    {0, 255}, {40, 239}, {41, 223}, {80, 213}, {81, 169}, {82, 175}, {122, 159}, {123, 143}, {162, 153}, {163, 121}, {164, 111},
    {204, 95}, {205, 79}, {244, 69}, {245, 25}, {246, 31}, {286, 15}, {287, 0}, {UINT16_MAX, 0}};
static const step_t bars_u[] = {
    {0, 128}, {19, 96}, {20, 1}, {40, 174}, {60, 142}, {61, 46}, {81, 210}, {101, 178}, {102, 82}, {122, 255}, {142, 223}, {143, 128},
    {158, 0}, {UINT16_MAX, 0}};
static const step_t bars_v[] = {
    {0, 128}, {20, 152}, {40, 7}, {41, 1}, {61, 24}, {81, 238}, {82, 232}, {102, 255}, {122, 110}, {123, 104}, {143, 128}, {158, 0},
    {UINT16_MAX, 0}};

static uint8_t bars_level(const step_t *steps, int at)
{
    while (steps[1].from <= at)
        steps++;
    return steps->level;
}

static uint32_t light_needed(void)
{
    return lamp_is_on && scene_needs_us > LAMP_NEEDS_US ? LAMP_NEEDS_US : scene_needs_us;
}

static void reset_registers(void)
{
    static const uint8_t after_reset[][2] = {
        {PID, 0x76}, {VER, 0x73}, {0x1C, 0x7F}, {0x1D, 0xA2}, {CLKRC, 0x80}, {COM8, 0x8F}, {COM9, 0x4A}, {HSTART, 0x11}, {HSTOP, 0x61},
        {VSTRT, 0x03}, {VSTOP, 0x7B}, {HREF, 0x80}, {TSLB, 0x0D}, {COM13, 0x88}, {DBLV, 0x0A}, {DCWCTR, 0x11}, {0x24, 0x75}, {0x25, 0x63},
        {0x70, 0x3A}, {0x71, 0x35}, {0x73, 0x00}, {0xA2, 0x02}, {BD50ST, 0x99}, {BD60ST, 0x7F}, {BD50MAX, 0x0F}, {BD60MAX, 0x0F},
    };
    memset(registers, 0, sizeof registers);
    for (size_t i = 0; i < sizeof after_reset / sizeof after_reset[0]; i++)
        registers[after_reset[i][0]] = after_reset[i][1];
    exposure = 16;
    gain_x16 = 16;
}

static uint32_t xclk_cycles(void)
{
    return camera_faults.no_clock ? 0 : clock_given;
}

static void run_automatic_exposure(void)
{
    uint32_t limit = 65535;
    if (registers[COM8] & 0x20) { // banding filter: whole flickers, so many at most
        bool fifty = registers[COM11] & 0x08;
        limit = (uint32_t)registers[fifty ? BD50ST : BD60ST] * registers[fifty ? BD50MAX : BD60MAX];
        if (limit == 0)
            limit = 1;
    }
    uint32_t row_us = ROW_CLOCKS * frame.clock / 16;
    exposure_needed = light_needed() > row_us ? light_needed() / row_us : 1;
    uint32_t wanted = exposure_needed < limit ? exposure_needed : limit;
    if (registers[COM8] & 0x01) { // three quarters of the way with each frame, and there when it is near
        uint32_t away = wanted > exposure ? wanted - exposure : exposure - wanted;
        if (away <= wanted / 5 + 1)
            exposure = wanted;
        else
            exposure = wanted > exposure ? wanted - away / 4 : wanted + away / 4;
    }
    if (registers[COM8] & 0x04) {
        uint32_t ceiling = 16u * (2u << (registers[COM9] >> 4 & 7)), missing = exposure_needed * 16 / exposure;
        gain_x16 = exposure < limit || missing < 16 ? 16 : missing > ceiling ? ceiling : missing;
    }
    registers[AECHH] = (uint8_t)(exposure >> 10);
    registers[AECH] = (uint8_t)(exposure >> 2);
    registers[COM1] = (uint8_t)((registers[COM1] & 0xFC) | (exposure & 3));
    uint32_t doublings = 0, rest = gain_x16;
    for (; rest >= 32; rest /= 2)
        doublings++;
    registers[GAIN] = (uint8_t)(((1u << doublings) - 1) << 4 | (rest - 16));
}

// Gain amplifies what the sensor adds by itself: from none at gain 1 to a spread of some 6 levels at 16. Three even numbers added are near
// enough to the bell curve. The same frame of the same run has the same noise.
static int noise_level(uint32_t *state)
{
    int sum = 0;
    for (int i = 0; i < 3; i++) {
        *state ^= *state << 13;
        *state ^= *state >> 17;
        *state ^= *state << 5;
        sum += (int)(*state >> 8 & 0xFF) - 128;
    }
    return sum * (int)(gain_x16 - 16) / (16 * 320);
}

static void expose(cycle_t now)
{
    const picture_t *scene = scene_at(now);
    uint32_t light = exposure * gain_x16, needed = exposure_needed * 16, row_us = ROW_CLOCKS * frame.clock / 16;
    bool too_bright = light_needed() < row_us; // no exposure is shorter than a row
    uint32_t noise = 0x9E3779B9u ^ (uint32_t)camera_statistics.frames;
    bool mirror = registers[MVFP] & 0x20, flip = registers[MVFP] & 0x10;
    for (int y = 0; y < ARRAY_HEIGHT; y++) {
        for (int x = 0; x < ARRAY_WIDTH; x++) {
            int from_x = mirror ? ARRAY_WIDTH - 1 - x : x, from_y = flip ? ARRAY_HEIGHT - 1 - y : y;
            uint32_t level = scene->y[from_y][from_x];
            if (light < needed * 15 / 16) // within the exposure control's steps the picture is right
                level = level * light / needed;
            else if (too_bright)
                level = level * row_us / light_needed() > 255 ? 255 : level * row_us / light_needed();
            else if (light > needed * 17 / 16)
                level = level * light / needed > 255 ? 255 : level * light / needed;
            if (gain_x16 > 16) {
                int noisy = (int)level + noise_level(&noise);
                level = noisy < 0 ? 0 : noisy > 255 ? 255 : (uint32_t)noisy;
            }
            picture.y[y][x] = (uint8_t)level;
            picture.u[y][x] = scene->u[from_y][from_x];
            picture.v[y][x] = scene->v[from_y][from_x];
        }
    }
}

static void begin_frame(cycle_t start)
{
    uint32_t xclk = xclk_cycles();
    frame.start = start;
    frame.clock = (registers[CLKRC] & 0x40) ? xclk : xclk * ((registers[CLKRC] & 0x3F) + 1u);
    if (registers[DBLV] & 0xC0)
        frame.clock = 0; // a multiplied clock is not simulated
    if (frame.clock == 0)
        return;
    frame.scale = (registers[COM3] & 0x04) ? registers[DCWCTR] & 3 : 0;
    int divided = (registers[COM14] & 0x10) ? registers[COM14] & 7 : 0;
    frame.byte_cycles = frame.clock << divided;
    int first = registers[HSTART] << 3 | (registers[HREF] & 7), end = registers[HSTOP] << 3 | (registers[HREF] >> 3 & 7);
    frame.columns = (end - first + 784) % 784;
    frame.rows = (registers[VSTOP] << 2 | (registers[VREF] >> 2 & 3)) - (registers[VSTRT] << 2 | (registers[VREF] & 3));
    frame.quiet_blank = registers[COM10] & 0x20;
    frame.vsync_low = registers[COM10] & 0x02;
    frame.href_low = registers[COM10] & 0x08;
    frame.bars = registers[COM17] & 0x08;
    frame.edge_offset = registers[HREF] >> 6;
    frame.order = (registers[TSLB] >> 2 & 2) | (registers[COM13] & 1);
    camera_statistics.frames++;
    run_automatic_exposure();
    expose(start);
}

// Goes on to the frame that the cycle lies in.
static void advance(cycle_t at)
{
    if (frame.clock == 0)
        return;
    cycle_t length = (cycle_t)FRAME_ROWS * ROW_CLOCKS * frame.clock;
    while (frame.clock != 0 && at >= frame.start + length) {
        begin_frame(frame.start + length);
        length = (cycle_t)FRAME_ROWS * ROW_CLOCKS * frame.clock;
    }
}

void camera_power_on(cycle_t now)
{
    reset_registers();
    begin_frame(now);
}

void camera_set_clock(uint32_t cycles, cycle_t now)
{
    clock_given = cycles;
    camera_faults_changed(now);
}

void camera_faults_changed(cycle_t now)
{
    uint32_t before = frame.clock;
    if ((before == 0) != (xclk_cycles() == 0))
        begin_frame(now);
}

bool camera_holds_bus(void)
{
    return camera_faults.sda_stuck && !camera_faults.unplugged;
}

void camera_bus_clocked(void)
{
    static int clocks;
    if (!camera_faults.sda_stuck || xclk_cycles() == 0) // it is the sensor's clock that moves its bus on
        return;
    if (++clocks == 9) {
        clocks = 0;
        camera_faults.sda_stuck = false;
    }
}

bool camera_answers(void)
{
    return !camera_faults.unplugged && xclk_cycles() != 0;
}

uint8_t camera_read_register(uint8_t address)
{
    return address == PID && camera_faults.wrong_pid ? 0x55 : registers[address];
}

// What this model makes of each register: nothing, or only these values. A write that it does not understand is told, once for each value:
// a test holds the list of those that are known, so that a wrong register cannot hide behind a model that ignores it.
static void tell_what_is_not_modelled(uint8_t address, uint8_t value)
{
    static const uint8_t modelled[] = {
        GAIN, VREF, COM1, COM3, CLKRC, COM7, COM8, COM9, COM10, HSTART, HSTOP, VSTRT, VSTOP, MVFP, HREF, TSLB, COM11, COM14, COM17,
        DBLV, DCWCTR, BD50ST, BD60ST, BD50MAX, BD60MAX};
    // Read by nothing, but with these values without any effect: the ones after a reset, or for scaling by two and four.
    static const uint8_t harmless[][2] = {{COM13, 0x88}, {0x70, 0x3A}, {0x71, 0x35}, {0x73, 0xF1}, {0x73, 0xF2}, {0xA2, 0x02}};
    static uint8_t told[256];
    for (size_t i = 0; i < sizeof modelled; i++) {
        if (modelled[i] == address)
            return;
    }
    for (size_t i = 0; i < sizeof harmless / sizeof harmless[0]; i++) {
        if (harmless[i][0] == address && harmless[i][1] == value)
            return;
    }
    if (told[address] == value + 1)
        return;
    told[address] = (uint8_t)(value + 1);
    printf("not modelled %02X %02X\n", address, value);
    fflush(stdout);
}

void camera_write_register(uint8_t address, uint8_t value, cycle_t now)
{
    camera_statistics.sccb_writes++;
    if (last_write != 0 && now - last_write < camera_statistics.least_write_gap)
        camera_statistics.least_write_gap = now - last_write;
    last_write = now;
    if (address == COM7 && value & 0x80) {
        reset_registers();
        begin_frame(now);
    } else if (address != PID && address != VER) {
        registers[address] = value;
        tell_what_is_not_modelled(address, value);
    }
}

void camera_set_light(uint32_t exposure_us)
{
    scene_needs_us = exposure_us;
}

void camera_set_lamp(bool on)
{
    lamp_is_on = on;
}

static uint8_t pixel_byte(int row, int index)
{
    // Two pixels are four bytes: two lumas and the chroma of the first. Orders: Y U Y V, Y V Y U, U Y V Y, V Y U Y.
    static const char orders[4][5] = {"YUYV", "YVYU", "UYVY", "VYUY"};
    char what = orders[frame.order][index & 3];
    int pixel = index / 2, width = frame.columns >> frame.scale;
    int x = (what == 'Y' ? pixel : pixel & ~1) << frame.scale, y = row << frame.scale;
    if (frame.bars) {
        int recorded = pixel * 320 / width;
        return what == 'Y' ? bars_level(bars_y, recorded) : bars_level(what == 'U' ? bars_u : bars_v, recorded / 2);
    }
    if (x >= ARRAY_WIDTH || y >= ARRAY_HEIGHT || registers[COM7] & 0x05)
        return 0; // outside the array, or a format that is not simulated
    return what == 'Y' ? picture.y[y][x] : what == 'U' ? picture.u[y][x] : picture.v[y][x];
}

static uint8_t through_the_wires(uint8_t data, cycle_t at)
{
    uint8_t first = camera_faults.swapped[0], second = camera_faults.swapped[1];
    if (!(data & first) != !(data & second))
        data ^= first | second;
    // A loose wire takes up whatever is near: here the bits of a counter that nothing else follows.
    if (camera_faults.loose != 0 && ((at / 61) * 2654435761u >> 13 & 1))
        data ^= camera_faults.loose;
    return (uint8_t)((data | camera_faults.stuck_high) & ~camera_faults.stuck_low);
}

camera_pins_t camera_pins(cycle_t at)
{
    camera_pins_t pins = {0};
    advance(at);
    if (frame.clock == 0 || camera_faults.silent || camera_faults.unplugged || at < frame.start)
        return pins;
    cycle_t clocks_per_row = (cycle_t)ROW_CLOCKS * frame.clock, since = at - frame.start;
    int sensor_row = (int)(since / clocks_per_row);
    pins.vsync = (sensor_row < VSYNC_ROWS) != frame.vsync_low && !camera_faults.no_vsync;
    int picture_row = sensor_row - VSYNC_ROWS - ROWS_BEFORE_PICTURE;
    bool active = false;
    cycle_t in_row = 0;
    if (picture_row >= 0 && picture_row < frame.rows) {
        int row = picture_row >> frame.scale;
        in_row = since - (cycle_t)(VSYNC_ROWS + ROWS_BEFORE_PICTURE + (row << frame.scale)) * clocks_per_row;
        cycle_t bytes = 2u * (cycle_t)(frame.columns >> frame.scale);
        if (in_row < bytes * frame.byte_cycles) {
            active = true;
            // Where a row's data begin differs from sensor to sensor: too small an edge offset shows a byte of nothing first, too large a
            // one cuts some off.
            int index = (int)(in_row / frame.byte_cycles) - (camera_quirks.edge_offset[frame.scale & 3] - frame.edge_offset);
            pins.data = index < 0 ? 0x80 : pixel_byte(row, index);
        }
    }
    if (active || !frame.quiet_blank)
        pins.pclk = (active ? in_row : since) % frame.byte_cycles >= frame.byte_cycles / 2 && !camera_faults.no_pclk;
    pins.href = active != frame.href_low && !camera_faults.no_href;
    pins.data = through_the_wires(pins.data, at);
    return pins;
}

void camera_phase(cycle_t at, cycle_t *row_began, int64_t *after_rise, int64_t *byte_cycles)
{
    cycle_t clocks_per_row = (cycle_t)ROW_CLOCKS * frame.clock, first = frame.start + (VSYNC_ROWS + ROWS_BEFORE_PICTURE) * clocks_per_row;
    cycle_t in_row = (at - first) % (clocks_per_row << frame.scale);
    *row_began = at - in_row;
    *byte_cycles = frame.byte_cycles;
    *after_rise = (int64_t)(in_row % frame.byte_cycles) - frame.byte_cycles / 2;
}

bool camera_next_row(cycle_t now, cycle_t *rises, int *row)
{
    advance(now);
    if (frame.clock == 0 || now < frame.start || camera_faults.silent || camera_faults.unplugged)
        return false;
    cycle_t clocks_per_row = (cycle_t)ROW_CLOCKS * frame.clock;
    cycle_t first = frame.start + (VSYNC_ROWS + ROWS_BEFORE_PICTURE) * clocks_per_row, step = clocks_per_row << frame.scale;
    cycle_t index = now <= first ? 0 : (now - first + step - 1) / step;
    if (index >= (cycle_t)(frame.rows >> frame.scale))
        return false;
    *rises = first + index * step;
    *row = (int)index;
    return true;
}
