// Packets of the link. See link.h for who calls what, docs/protocol.md for the layout.

#include "link.h"
#include "crc.h" // link_crc_update

#define TOP_BIT 0x80u
#define GROUP_MASK 0x7Fu
#define GROUP_BITS 7

static uint16_t packet_crc;

static void put(uint8_t byte)
{
    packet_crc = link_crc_update(packet_crc, byte);
    link_output(byte);
}

static uint8_t group(uint32_t value)
{
    return (uint8_t)(TOP_BIT | (value & GROUP_MASK));
}

// Sends the lowest `groups` groups of 7 bits, the highest first.
static void put_number(uint32_t value, uint8_t groups)
{
    uint32_t highest = ((uint32_t)1 << (GROUP_BITS * groups)) - 1;
    if (value > highest)
        value = highest;
    while (groups-- > 0)
        put(group(value >> (GROUP_BITS * groups)));
}

void link_begin(uint8_t type)
{
    packet_crc = LINK_CRC_START;
    put(type);
}

void link_u7(uint8_t value)
{
    put_number(value, 1);
}

void link_u14(uint16_t value)
{
    put_number(value, 2);
}

void link_u21(uint32_t value)
{
    put_number(value, 3);
}

void link_u28(uint32_t value)
{
    put_number(value, 4);
}

void link_char(char character)
{
    put(character >= ' ' && character <= '~' ? (uint8_t)character : (uint8_t)'?');
}

static void put_crc_and_end(uint16_t crc)
{
    link_output(group(crc >> 14));
    link_output(group(crc >> 7));
    link_output(group(crc));
    link_output(0);
}

void link_finish(void)
{
    put_crc_and_end(packet_crc);
}

void link_send_hello(const link_hello_t *hello)
{
    link_begin(LINK_HELLO);
    link_u7(hello->protocol_major);
    link_u7(hello->protocol_minor);
    link_u7(hello->firmware_major);
    link_u7(hello->firmware_minor);
    link_u7(hello->firmware_patch);
    link_u7(hello->board);
    link_u7(hello->boot);
    link_u7(hello->reset_cause);
    link_u14(hello->sensor_pid);
    link_u14(hello->sensor_ver);
    link_u7(hello->mode);
    link_u14(hello->width);
    link_u14(hello->height);
    link_u7(hello->format);
    link_u14(hello->clkrc);
    link_u28(hello->baud);
    link_u14(hello->capabilities);
    link_u28(hello->number);
    link_finish();
}

void link_send_frame_start(const link_frame_start_t *start)
{
    link_begin(LINK_FRAME_START);
    link_u14(start->sequence);
    link_u7(start->mode);
    link_u14(start->width);
    link_u14(start->height);
    link_u7(start->format);
    link_u7(start->trigger);
    link_u7(start->flags);
    link_finish();
}

void link_send_frame_end(const link_frame_end_t *end)
{
    link_begin(LINK_FRAME_END);
    link_u14(end->sequence);
    link_u14(end->rows_sent);
    link_u14(end->overruns);
    link_u14(end->timeouts);
    link_u21(end->exposure);
    link_u14(end->gain);
    link_finish();
}

void link_send_bell(uint8_t boot, uint16_t press)
{
    link_begin(LINK_BELL);
    link_u7(boot);
    link_u14(press);
    link_finish();
}

void link_send_status(const link_status_t *status)
{
    link_begin(LINK_STATUS);
    link_u28(status->uptime_s);
    link_u21(status->frames);
    link_u21(status->overruns);
    link_u21(status->timeouts);
    link_u14(status->presses);
    link_u14(status->motion_triggers);
    link_u14(status->commands_ignored);
    link_u7(status->checks_run);
    link_u7(status->checks_passed);
    link_u14(status->supply_mv);
    link_finish();
}

void link_send_ack(uint8_t command, uint8_t result)
{
    link_begin(LINK_ACK);
    link_u7(command);
    link_u7(result);
    link_finish();
}

void link_send_line(uint8_t number, uint8_t count)
{
    link_begin(LINK_LINE);
    link_u7(number);
    link_u7(count);
    for (uint8_t i = 0; i < LINK_LINE_BYTES; i++) {
        uint8_t byte = (uint8_t)(37 * i + number); // each value at some place, so that no pattern of bits is left out
        put(byte == 0 ? 1 : byte);
    }
    link_finish();
}

uint16_t link_row_header(uint8_t header[LINK_ROW_HEADER_BYTES], uint16_t sequence, uint16_t row)
{
    header[0] = LINK_ROW;
    header[1] = group(sequence);
    header[2] = group(row >> GROUP_BITS);
    header[3] = group(row);
    uint16_t crc = LINK_CRC_START;
    for (uint8_t i = 0; i < LINK_ROW_HEADER_BYTES; i++)
        crc = link_crc_update(crc, header[i]);
    return crc;
}

void link_row_finish(uint16_t crc)
{
    put_crc_and_end(crc);
}

void link_row_spoil(void)
{
    link_output(0);
}
