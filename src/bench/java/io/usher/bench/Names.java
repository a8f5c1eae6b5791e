package io.usher.bench;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Names and mail hosts that are as unevenly spread as real ones (Zipf's law: the one of rank r comes about 1/r as often as the first), so that there are
 * needles with a handful of hits, and with hundreds, whatever the number of users.
 */
final class Names {
    private static final String[] FIRST =
            ("María José Mohamed Anna Wei John Fatima David Olga Li Ahmed Sofia Michael Elena James Yusuf Laura Ivan"
                            + " Julia Carlos Emma Peter Aisha Thomas Marta Daniel Ingrid Paolo Nina Hiroshi Amélie Jürgen Chloé Tomás Søren Aiko Paweł"
                            + " Noor Grace Ada Björn Zeynep Lukas Priya Arjun Mei Kofi Ngozi Thabo Amara Diego Camila Mateo Valentina Oliver Charlotte"
                            + " Liam Isla Noah Freya Hugo Léa Louis Manon Jan Kateřina Jakub Zuzana Andrei Ioana Dimitris Eleni Mehmet Elif Omar Layla"
                            + " Hassan Yasmin Ravi Lakshmi Minh Linh Somchai Siti Budi Dewi Kenji Sakura Min-jun Seo-yeon Bogdan Oksana Taras Anastasia"
                            + " Nikolai Tatiana Erik Astrid Matti Aino Jonas Greta Viktor Petra Stefan Birgit Giulia Marco Chiara Luca Inês Tiago"
                            + " Beatriz Rui Siobhán Ciarán Aoife Rhys Carys Fergus Morag Otieno Wanjiku Chinedu Folake Mandla Nomvula Tariq Samira")
                    .split(" ");
    private static final String[] LAST =
            ("García Wang Smith Khan Müller Nguyen Silva Ivanov Kim Johnson Rossi Tanaka Hansen Kowalski Öztürk Nielsen Dubois Rahman"
                            + " Lindqvist Novák Popescu Papadopoulos O'Brien Horvat Schmidt Fernández Okafor Dlamini Mwangi Petrenko Virtanen"
                            + " Andersson Bianchi Moreau Weber Costa Yılmaz Haddad Patel Singh Santoso Suzuki Park Chen Lopez Williams Brown Jones"
                            + " Hopper Lovelace")
                    .split(" ");
    private static final String[] BEGINNINGS =
            ("Ander Berg Bron Carl Dahl Eiken Fair Falken Gold Grün Hallen Hart Holm Iver Kirch Kjell Klein Lang Lauter Lind Marks Mühl"
                            + " Nord Oster Palm Quist Rosen Roth Sand Schön Silber Stein Strand Sunder Thorn Ulm Vester Wald Weiss Wester Wick"
                            + " Winter Wolf Zeller Ash Black Brad Cald Crom Dun Elling Fen Glen Hather Kel Lock Merri Nether Old Pem Ren Shel Tem")
                    .split(" ");
    private static final String[] ENDINGS =
            ("mann berg ström feld bach stad gård heim hoff dahl quist son sen dottir ley ton ham wick worth well field wood combe thorpe"
                            + " bury gate bridge shaw stone ford ridge mere hurst brook by land mark rup vold nes")
                    .split(" ");
    private static final String[] HOSTS =
            ("mail.example.com post.example.net example.org inbox.example.com firma.example correo.example courriel.example"
                            + " kontor.example studio.example agency.example works.example school.example clinic.example print.example"
                            + " garden.example bakery.example")
                    .split(" ");

    private static final double STEEPNESS = 0.8;

    private final Zipf<String> first = new Zipf<>(List.of(FIRST), STEEPNESS);
    private final Zipf<String> last = new Zipf<>(lastNames(), STEEPNESS);
    private final Zipf<String> hosts = new Zipf<>(List.of(HOSTS), 1);

    private static List<String> lastNames() {
        List<String> names = new ArrayList<>(Arrays.asList(LAST));
        for (String beginning : BEGINNINGS) {
            for (String ending : ENDINGS) {
                names.add(beginning + ending);
            }
        }
        return names;
    }

    String first(Random random) {
        return first.any(random);
    }

    String last(Random random) {
        return last.any(random);
    }

    String host(Random random) {
        return hosts.any(random);
    }

    /** Last names, the most frequent first. */
    List<String> lastByFrequency() {
        return last.values();
    }

    /** The first parts of the mail hosts, as long as needles are. */
    static List<String> hosts() {
        return Arrays.stream(HOSTS)
                .map(host -> host.substring(0, host.indexOf('.')))
                .map(host -> host.substring(0, Math.min(host.length(), 8)))
                .toList();
    }

    /** Letters and digits of ASCII, in lower case: how a name stands in an address. */
    static String plain(String name) {
        String replaced = name.toLowerCase(Locale.ROOT)
                .replace("ø", "o")
                .replace("ł", "l")
                .replace("ı", "i");
        return Normalizer.normalize(replaced, Normalizer.Form.NFD).replaceAll("[^a-z0-9]", "");
    }

    /** Values, of which the one of rank r is chosen r^-steepness as often as the first. */
    record Zipf<T>(List<T> values, double[] cumulated) {
        Zipf(List<T> values, double steepness) {
            this(List.copyOf(values), cumulated(values.size(), steepness));
        }

        private static double[] cumulated(int size, double steepness) {
            double[] sums = new double[size];
            double sum = 0;
            for (int i = 0; i < size; i++) {
                sum += Math.pow(i + 1.0, -steepness);
                sums[i] = sum;
            }
            return sums;
        }

        T any(Random random) {
            int found = Arrays.binarySearch(cumulated, random.nextDouble() * cumulated[cumulated.length - 1]);
            return values.get(found >= 0 ? found : -found - 1);
        }
    }
}
