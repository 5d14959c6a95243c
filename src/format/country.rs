//! Codes of countries as sources write them → ISO 3166-1 alpha-2.

/// Every country: its alpha-3 code and its alpha-2 code in one word (ISO 3166-1).
const COUNTRIES: &str = "\
    ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT \
    AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO \
    BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG \
    COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO \
    DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB \
    GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY \
    HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT \
    JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB LBRLR LBYLY \
    LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH \
    MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA \
    NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE \
    PHLPH PLWPW PNGPG POLPL PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA \
    SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR \
    SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO \
    TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC VENVE VGBVG \
    VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW";

/// The alpha-2 code of a country, from that or its alpha-3 code in any case, with or without the name of a list before it:
/// `iso3166-1a2:DE`, `HND`, `fr`.
pub(crate) fn alpha2(code: &str) -> Option<String> {
    let code = code.rsplit([':', '/']).next().unwrap_or(code).trim();
    let code = code.to_ascii_uppercase();
    let known = |part: fn(&str) -> &str| {
        COUNTRIES
            .split_ascii_whitespace()
            .find(|country| part(country) == code)
    };
    let found = match code.len() {
        2 => known(|country| &country[3..]),
        3 => known(|country| &country[..3]),
        _ => None,
    };
    found.map(|country| country[3..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_countries() {
        let check = |code: &str, expected: Option<&str>| {
            assert_eq!(alpha2(code).as_deref(), expected, "{code}");
        };
        check("HND", Some("HN"));
        check("fra", Some("FR"));
        check("iso3166-1a2:DE", Some("DE"));
        check("XX", None);
        check("Russia", None);
        check("", None);
    }

    #[test]
    fn every_word_of_the_table_is_two_codes() {
        assert!(COUNTRIES.split_ascii_whitespace().all(|country| {
            country.len() == 5 && country.bytes().all(|byte| byte.is_ascii_uppercase())
        }));
    }
}
