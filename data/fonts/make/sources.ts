/**
 * Noto's whole fonts, weight 400, as npm's packages have them. Imported by name, so that the lock file holds their hashes.
 * @module
 */
import latin from "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf" with { type: "bytes" };
import arabic from "@expo-google-fonts/noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf" with { type: "bytes" };
import armenian from "@expo-google-fonts/noto-sans-armenian/400Regular/NotoSansArmenian_400Regular.ttf" with { type: "bytes" };
import bengali from "@expo-google-fonts/noto-sans-bengali/400Regular/NotoSansBengali_400Regular.ttf" with { type: "bytes" };
import devanagari from "@expo-google-fonts/noto-sans-devanagari/400Regular/NotoSansDevanagari_400Regular.ttf" with { type: "bytes" };
import gujarati from "@expo-google-fonts/noto-sans-gujarati/400Regular/NotoSansGujarati_400Regular.ttf" with { type: "bytes" };
import jp from "@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf" with { type: "bytes" };
import kannada from "@expo-google-fonts/noto-sans-kannada/400Regular/NotoSansKannada_400Regular.ttf" with { type: "bytes" };
import kr from "@expo-google-fonts/noto-sans-kr/400Regular/NotoSansKR_400Regular.ttf" with { type: "bytes" };
import malayalam from "@expo-google-fonts/noto-sans-malayalam/400Regular/NotoSansMalayalam_400Regular.ttf" with { type: "bytes" };
import math from "@expo-google-fonts/noto-sans-math/400Regular/NotoSansMath_400Regular.ttf" with { type: "bytes" };
import sc from "@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf" with { type: "bytes" };
import symbols2 from "@expo-google-fonts/noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf" with { type: "bytes" };
import tamil from "@expo-google-fonts/noto-sans-tamil/400Regular/NotoSansTamil_400Regular.ttf" with { type: "bytes" };
import telugu from "@expo-google-fonts/noto-sans-telugu/400Regular/NotoSansTelugu_400Regular.ttf" with { type: "bytes" };
import thai from "@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf" with { type: "bytes" };

/** The fonts by their packages' names without the scope. */
export const SOURCES = {
  "noto-sans": latin,
  "noto-sans-arabic": arabic,
  "noto-sans-armenian": armenian,
  "noto-sans-bengali": bengali,
  "noto-sans-devanagari": devanagari,
  "noto-sans-gujarati": gujarati,
  "noto-sans-jp": jp,
  "noto-sans-kannada": kannada,
  "noto-sans-kr": kr,
  "noto-sans-malayalam": malayalam,
  "noto-sans-math": math,
  "noto-sans-sc": sc,
  "noto-sans-symbols-2": symbols2,
  "noto-sans-tamil": tamil,
  "noto-sans-telugu": telugu,
  "noto-sans-thai": thai,
} as const;

export type Source = keyof typeof SOURCES;
