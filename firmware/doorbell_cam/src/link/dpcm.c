// The steps of compressed rows. See dpcm.h.

#include "dpcm.h"

#define SIZE_COUNT 8

static const uint8_t sizes[SIZE_COUNT] = {0, 1, 3, 7, 12, 22, 37, 62};

uint8_t dpcm_steps[256] __attribute__((aligned(256)));

void dpcm_start(void)
{
    for (int16_t difference = -128; difference < 128; difference++) {
        uint8_t away = (uint8_t)(difference < 0 ? -difference : difference), size = SIZE_COUNT - 1;
        while (sizes[size] > away)
            size--;
        dpcm_steps[(uint8_t)difference] = (uint8_t)(difference < 0 ? -sizes[size] : sizes[size]);
    }
}

void dpcm_encode(const uint8_t *pixels, uint16_t count, uint8_t *packed)
{
    uint8_t prediction = DPCM_FIRST_PREDICTION, even = 0;
    for (uint16_t i = 0; i < count; i++) {
        uint8_t step = dpcm_steps[(uint8_t)((pixels[i] >> 1) - prediction)];
        prediction = (uint8_t)(prediction + step);
        if (i % 2 == 0)
            even = step & 0x0F;
        else
            packed[i / 2] = (uint8_t)((even | step << 4) ^ DPCM_BYTE_MASK);
    }
}
