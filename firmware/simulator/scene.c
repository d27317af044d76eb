// SPDX-License-Identifier: GPL-3.0-or-later
// What the camera looks at: picture files, one after the other.

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "scene.h"

#define MAX_SCENES 64

static picture_t *scenes[MAX_SCENES + 1]; // the last is what "show" has put there
static int count, current, previous;
static cycle_t fade_from, fade_cycles;

static int read_number(FILE *file, const char *path)
{
    int c = fgetc(file);
    while (isspace(c) || c == '#') {
        if (c == '#')
            while (c != '\n' && c != EOF)
                c = fgetc(file);
        c = fgetc(file);
    }
    int value = 0;
    if (!isdigit(c))
        fail("%s is not a binary PGM or PPM picture: a number was expected in its header", path);
    for (; isdigit(c) && value < 100000; c = fgetc(file))
        value = value * 10 + c - '0';
    return value;
}

static uint8_t clamp(int value)
{
    return (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
}

// Full-range BT.601 in 8-bit integers, rounded; the tests compute the same.
static void set_pixel(picture_t *picture, int x, int y, int r, int g, int b)
{
    picture->y[y][x] = clamp((77 * r + 150 * g + 29 * b + 128) >> 8);
    picture->u[y][x] = clamp(((-43 * r - 85 * g + 128 * b + 128) >> 8) + 128);
    picture->v[y][x] = clamp(((128 * r - 107 * g - 21 * b + 128) >> 8) + 128);
}

static picture_t *read_picture(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail("cannot open the picture %s", path);
    int p = fgetc(file), kind = fgetc(file);
    if (p != 'P' || (kind != '5' && kind != '6'))
        fail("%s is not a binary PGM (P5) or PPM (P6) picture", path);
    int channels = kind == '6' ? 3 : 1;
    int width = read_number(file, path), height = read_number(file, path), largest = read_number(file, path);
    if (width < 1 || height < 1 || width > 10000 || height > 10000 || largest != 255)
        fail("%s: %d x %d with values up to %d; at most 10000 x 10000 with values up to 255 can be used", path, width, height, largest);
    size_t size = (size_t)width * height * channels;
    uint8_t *bytes = malloc(size);
    picture_t *picture = malloc(sizeof *picture);
    if (bytes == NULL || picture == NULL || fread(bytes, 1, size, file) != size)
        fail("%s ends before its last pixel", path);
    fclose(file);
    for (int y = 0; y < ARRAY_HEIGHT; y++) {
        for (int x = 0; x < ARRAY_WIDTH; x++) {
            const uint8_t *from = bytes + ((size_t)(y * height / ARRAY_HEIGHT) * width + x * width / ARRAY_WIDTH) * channels;
            if (channels == 3) {
                set_pixel(picture, x, y, from[0], from[1], from[2]);
            } else {
                picture->y[y][x] = from[0];
                picture->u[y][x] = picture->v[y][x] = 128;
            }
        }
    }
    free(bytes);
    return picture;
}

void scene_load(const char *path)
{
    if (count == MAX_SCENES)
        fail("more than %d pictures", MAX_SCENES);
    scenes[count++] = read_picture(path);
}

void scene_show(const char *path)
{
    static picture_t *shown;
    picture_t *picture = read_picture(path);
    free(shown);
    shown = picture;
    scenes[MAX_SCENES] = picture;
    previous = current = MAX_SCENES;
}

int scene_count(void)
{
    return count;
}

void scene_choose(int number, cycle_t now, uint32_t fade_ms)
{
    previous = current;
    current = number;
    fade_from = now;
    fade_cycles = fade_ms * CYCLES_PER_MS;
}

const picture_t *scene_at(cycle_t now)
{
    static picture_t blended;
    if (scenes[current] == NULL) { // gray, when there is nothing to look at
        memset(&blended, 128, sizeof blended);
        return &blended;
    }
    if (fade_cycles == 0 || now >= fade_from + fade_cycles || previous == current || scenes[previous] == NULL)
        return scenes[current];
    int part = (int)((now - fade_from) * 256 / fade_cycles);
    const uint8_t *from = (const uint8_t *)scenes[previous], *to = (const uint8_t *)scenes[current];
    uint8_t *out = (uint8_t *)&blended;
    for (size_t i = 0; i < sizeof blended; i++)
        out[i] = (uint8_t)((from[i] * (256 - part) + to[i] * part) >> 8);
    return &blended;
}
