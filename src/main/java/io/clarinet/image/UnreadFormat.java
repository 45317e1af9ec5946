package io.clarinet.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Formats of pictures that are known by their first bytes, and not read. */
enum UnreadFormat {
  HEIC("HEIC", 4, "ftyphei", "heif-convert in.heic out.jpg"),
  HEIF("HEIF", 4, "ftypmif1", "heif-convert in.heif out.jpg"),
  HEIF_SEQUENCE("HEIF", 4, "ftypmsf1", "heif-convert in.heif out.jpg"),
  AVIF("AVIF", 4, "ftypavi", "avifdec in.avif out.png"),
  JPEG_XL("JPEG XL", 4, "JXL \r\n", "djxl in.jxl out.png"),
  JPEG_XL_STREAM("JPEG XL", 0, "\u00ff\n", "djxl in.jxl out.png"),
  JPEG_2000("JPEG 2000", 4, "jP  \r\n", "opj_decompress -i in.jp2 -o out.png"),
  PSD("Photoshop", 0, "8BPS", "magick in.psd[0] out.png"),
  PDF("PDF", 0, "%PDF-", "pdftoppm -png in.pdf out"),
  SVG("SVG", 0, "<svg", "rsvg-convert in.svg -o out.png");

  private final String title;
  private final int begin;
  private final byte[] magic;
  private final String remedy;

  /**
   * @param begin where the magic bytes stand
   * @param remedy a command that makes a file of it that is read
   */
  UnreadFormat(String title, int begin, String magic, String remedy) {
    this.title = title;
    this.begin = begin;
    this.magic = magic.getBytes(StandardCharsets.ISO_8859_1);
    this.remedy = remedy;
  }

  /** Why a file of no format that is read cannot be, and what to do. */
  static String of(byte[] file) {
    if (file.length == 0) {
      return "it is empty";
    }
    for (UnreadFormat format : values()) {
      int end = format.begin + format.magic.length;
      if (file.length >= end
          && Arrays.equals(file, format.begin, end, format.magic, 0, format.magic.length)) {
        return format.title + " files are not read; convert it, for example: " + format.remedy;
      }
    }
    return "not a picture: no " + PictureFormat.LIST + " file starts like this";
  }
}
