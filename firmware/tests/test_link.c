// The packets and commands of tests/fixtures/link-vectors, which the C# tests read too.

#include <stdlib.h>
#include <string.h>

#include "../doorbell_cam/src/board/native/native.h"
#include "../doorbell_cam/src/link/command.h"
#include "../doorbell_cam/src/link/crc.h"
#include "../doorbell_cam/src/link/dpcm.h"
#include "../doorbell_cam/src/link/link.h"
#include "check.h"

#define LINE_BYTES 4096

static FILE *open_vectors(const char *folder, const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "r");
    CHECK_THAT(file != NULL, "%s can be opened", path);
    return file;
}

static unsigned long field(const char *line, const char *name)
{
    char key[64];
    snprintf(key, sizeof key, " %s=", name);
    const char *at = strstr(line, key);
    CHECK_THAT(at != NULL, "the line has the field %s: %s", name, line);
    return at == NULL ? 0 : strtoul(at + strlen(key), NULL, 10);
}

static size_t hex_bytes(const char *text, uint8_t *bytes)
{
    size_t count = 0;
    for (; text[0] != 0 && text[1] != 0; text++) {
        unsigned value;
        if (text[0] == ' ' || sscanf(text, "%2x", &value) != 1)
            continue;
        bytes[count++] = (uint8_t)value;
        text++;
    }
    return count;
}

static void send_row(const char *line)
{
    uint8_t header[LINK_ROW_HEADER_BYTES], pixels[LINE_BYTES];
    uint16_t crc = link_row_header(header, (uint16_t)field(line, "sequence"), (uint16_t)field(line, "row"));
    size_t count = hex_bytes(strstr(line, "pixels=") + 7, pixels);
    for (size_t i = 0; i < sizeof header; i++)
        link_output(header[i]);
    for (size_t i = 0; i < count; i++) {
        uint8_t byte = pixels[i] == 0 ? 1 : pixels[i];
        link_output(byte);
        crc = link_crc_update(crc, byte);
    }
    link_row_finish(crc);
}

static void send_log(const char *line)
{
    link_begin(LINK_LOG);
    link_u7((uint8_t)field(line, "severity"));
    link_u14((uint16_t)field(line, "code"));
    for (const char *c = strstr(line, "text=") + 5; *c != 0; c++)
        link_char(*c);
    link_finish();
}

static void send_line(const char *l)
{
    if (strncmp(l, "HELLO", 5) == 0)
        link_send_hello(&(link_hello_t){
            (uint8_t)field(l, "protocol_major"), (uint8_t)field(l, "protocol_minor"), (uint8_t)field(l, "firmware_major"),
            (uint8_t)field(l, "firmware_minor"), (uint8_t)field(l, "firmware_patch"), (uint8_t)field(l, "board"), (uint8_t)field(l, "boot"),
            (uint8_t)field(l, "reset_cause"), (uint16_t)field(l, "sensor_pid"), (uint16_t)field(l, "sensor_ver"), (uint8_t)field(l, "mode"),
            (uint16_t)field(l, "width"), (uint16_t)field(l, "height"), (uint8_t)field(l, "format"), (uint16_t)field(l, "clkrc"),
            (uint32_t)field(l, "baud"), (uint16_t)field(l, "capabilities"), (uint32_t)field(l, "number")});
    else if (strncmp(l, "FRAME_START", 11) == 0)
        link_send_frame_start(&(link_frame_start_t){
            (uint16_t)field(l, "sequence"), (uint8_t)field(l, "mode"), (uint16_t)field(l, "width"), (uint16_t)field(l, "height"),
            (uint8_t)field(l, "format"), (uint8_t)field(l, "trigger"), (uint8_t)field(l, "flags")});
    else if (strncmp(l, "FRAME_END", 9) == 0)
        link_send_frame_end(&(link_frame_end_t){
            (uint16_t)field(l, "sequence"), (uint16_t)field(l, "rows_sent"), (uint16_t)field(l, "overruns"), (uint16_t)field(l, "timeouts"),
            (uint32_t)field(l, "exposure"), (uint16_t)field(l, "gain")});
    else if (strncmp(l, "STATUS", 6) == 0)
        link_send_status(&(link_status_t){
            (uint32_t)field(l, "uptime"), (uint32_t)field(l, "frames"), (uint32_t)field(l, "overruns"), (uint32_t)field(l, "timeouts"),
            (uint16_t)field(l, "presses"), (uint16_t)field(l, "motion"), (uint16_t)field(l, "ignored"), (uint8_t)field(l, "run"),
            (uint8_t)field(l, "passed"), (uint16_t)field(l, "supply")});
    else if (strncmp(l, "BELL", 4) == 0)
        link_send_bell((uint8_t)field(l, "boot"), (uint16_t)field(l, "press"));
    else if (strncmp(l, "ACK", 3) == 0)
        link_send_ack((uint8_t)field(l, "command"), (uint8_t)field(l, "result"));
    else if (strncmp(l, "LINE", 4) == 0)
        link_send_line((uint8_t)field(l, "number"), (uint8_t)field(l, "count"));
    else if (strncmp(l, "LOG", 3) == 0)
        send_log(l);
    else if (strncmp(l, "ROW", 3) == 0)
        send_row(l);
    else
        CHECK_THAT(0, "known packet: %s", l);
}

static void packets_are_as_in_the_vectors(const char *folder)
{
    FILE *file = open_vectors(folder, "packets.hex");
    char line[LINE_BYTES], packet[LINE_BYTES] = "";
    int compared = 0;
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        line[strcspn(line, "\r\n")] = 0;
        if (line[0] == '=') {
            uint8_t expected[LINE_BYTES];
            size_t count = hex_bytes(line + 1, expected);
            native_sent_count = 0;
            send_line(packet);
            CHECK_THAT(native_sent_count == count && memcmp(native_sent, expected, count) == 0, "same bytes for: %s", packet);
            compared++;
        } else if (line[0] != 0 && line[0] != '#') {
            strcpy(packet, line);
        }
    }
    CHECK_THAT(compared >= 16, "all packets were compared, not %d", compared);
    if (file != NULL)
        fclose(file);
}

static void commands_are_as_in_the_vectors(const char *folder)
{
    FILE *file = open_vectors(folder, "commands.hex");
    char line[LINE_BYTES];
    uint8_t expected[256] = {0};
    unsigned ascii, wire;
    while (file != NULL && fgets(line, sizeof line, file) != NULL)
        if (line[0] != '#' && sscanf(line, "%x %x", &ascii, &wire) == 2)
            expected[wire] = (uint8_t)ascii;
    for (unsigned byte = 0; byte < 256; byte++)
        CHECK_THAT(link_decode_command((uint8_t)byte) == expected[byte], "byte %02X is command %02X", byte, expected[byte]);
    if (file != NULL)
        fclose(file);
}

static void compressed_rows_are_as_in_the_vectors(const char *folder)
{
    FILE *file = open_vectors(folder, "compressed-rows.hex");
    char line[LINE_BYTES];
    uint8_t pixels[LINE_BYTES], packed[LINE_BYTES], expected[LINE_BYTES];
    size_t count = 0;
    int compared = 0;
    dpcm_start();
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#' || line[0] == '>' || line[0] == '\n')
            continue;
        if (line[0] != '=') {
            count = hex_bytes(line, pixels);
            continue;
        }
        dpcm_encode(pixels, (uint16_t)count, packed);
        CHECK_THAT(hex_bytes(line + 1, expected) == count / 2 && memcmp(packed, expected, count / 2) == 0,
            "the same bytes for a row of %zu pixels", count);
        compared++;
    }
    CHECK_THAT(compared >= 8, "all rows were compared, not %d", compared);
    if (file != NULL)
        fclose(file);
}

static void values_too_large_become_the_largest(void)
{
    native_sent_count = 0;
    link_begin(LINK_STATUS);
    link_u14(0xFFFF);
    link_u21(0xFFFFFFFF);
    link_u28(0xFFFFFFFF);
    for (size_t i = 1; i < native_sent_count; i++)
        CHECK(native_sent[i] == 0xFF);
}

// A row that must not be believed ends without a CRC: what came of it is then not a packet.
static void a_spoilt_row_has_no_check(void)
{
    uint8_t header[LINK_ROW_HEADER_BYTES];
    link_row_header(header, 5, 7);
    native_sent_count = 0;
    link_row_spoil();
    CHECK(native_sent_count == 1 && native_sent[0] == 0);
}

void test_link(const char *vectors_folder)
{
    uint16_t crc = LINK_CRC_START;
    for (const char *c = "123456789"; *c != 0; c++)
        crc = link_crc_update(crc, (uint8_t)*c);
    CHECK_THAT(crc == 0x6F91, "the CRC of 123456789 is 6F91, not %04X", crc);
    packets_are_as_in_the_vectors(vectors_folder);
    commands_are_as_in_the_vectors(vectors_folder);
    compressed_rows_are_as_in_the_vectors(vectors_folder);
    values_too_large_become_the_largest();
    a_spoilt_row_has_no_check();
}
