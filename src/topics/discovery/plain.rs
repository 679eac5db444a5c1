//! Plain words: those that papers of every field use, and that therefore name no
//! subject by themselves.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::text::stem;

/// Whether the word tells what the authors do or how they rate it, so that no
/// phrase goes through it: "propose", "based", "significantly".
pub fn is_reporting(token: &str) -> bool {
    REPORTING_SET.contains(token)
}

/// Whether every field uses the word: "analysis", "efficient", "data". A phrase
/// needs one that is not.
pub fn is_plain(stem: &str) -> bool {
    PLAIN_SET.contains(stem)
}

/// Whether the word says only half of what a topic is: "motion", "3D", "bounds".
/// It names one together with another: "motion planning", "3D reconstruction".
pub fn is_half(stem: &str) -> bool {
    HALF_SET.contains(stem)
}

/// Whether the word only frames a subject: "planning problem", "tracking
/// method". Names neither begin nor end with it.
pub fn is_frame(stem: &str) -> bool {
    FRAME_SET.contains(stem)
}

/// Whether the word tells of the work and not of its subject: "introduce", "shows",
/// "results". Nobody would call it a trend.
pub fn is_about_the_work(stem: &str) -> bool {
    static SET: LazyLock<HashSet<String>> = LazyLock::new(|| stems(&[REPORTING, RATING, FRAME]));
    SET.contains(stem)
}

static REPORTING_SET: LazyLock<HashSet<&str>> =
    LazyLock::new(|| REPORTING.split_whitespace().collect());
static PLAIN_SET: LazyLock<HashSet<String>> = LazyLock::new(|| stems(&[PLAIN, FRAME]));
static HALF_SET: LazyLock<HashSet<String>> = LazyLock::new(|| stems(&[HALF]));
static FRAME_SET: LazyLock<HashSet<String>> = LazyLock::new(|| stems(&[FRAME]));

fn stems(lists: &[&str]) -> HashSet<String> {
    let words = lists.iter().flat_map(|list| list.split_whitespace());
    words.map(|word| stem(word).into_owned()).collect()
}

const REPORTING: &str = "
    able according achieve achieved achieves achieving additionally address addresses addressing
    aim aimed aims allow allowing allows alternative analyze analyzed apply applied applies applying
    argue article attempt attention available based begin best better bring build building builds
    built called carried certain challenging combination combine combined combines combining common
    commonly compare compared compares comparing compose composed conclude conducted consider
    considered considers considering consist consisting consists contain containing contains
    contribute create created creates current currently deal demonstrate demonstrated demonstrates
    demonstrating derive derived describe described describes despite detail develop developed
    developing develops difficult discuss discussed discusses easily effectively efficiently
    eight eliminate employ employed employs enable enabled enables enabling end ensure ensures
    entire especially essential establish established exhibit exist existing exists explain explore
    explored explores extend extended extends extensive facilitate final finally find finding finds
    first five focus focused focuses focusing follow following follows four full fully fundamental
    furthermore future gain general generally github give given gives giving go good great greatly handle
    high higher highly hold http https identify illustrate implement implemented important improve improved
    improvement improvements improves improving include included includes including increase
    increased increases increasing increasingly inspired integrate integrated introduce introduced
    introduces introducing investigate investigated investigates involve involves involving issue
    issues kind known large larger largely last lead leading leads less let leverage leveraged
    leverages leveraging likely limit limitation limitations limited little long low lower main
    mainly major make makes making mean means meet multiple natural naturally necessary need needed
    needs new newly next non notably novel number observe observed obtain obtained obtaining obtains
    offer offers often only open order original originally outperform outperforming outperforms
    overcome own paper papers particular particularly perform performed performing performs pose
    possible potential potentially practical practice present presented presenting presents
    previous previously prior produce produced promising proper propose proposed proposes proposing
    prove proven provide provided provides providing published purpose put raise range recent
    recently reduce reduced reduces reducing reduction relate related relative relatively relevant
    rely relies remain remains report reported require required requirement requirements requires
    requiring respect respectively reveal reveals role second seek select serve set several severe
    short show showed showing shown shows significant significantly similar simple simply simultaneous
    single six small smaller solve solved solves solving specific specifically starting strong
    substantial substantially success successful successfully suggest suggested suggests suitable
    superior support supported take taken takes taking tend ten three traditional try two typical
    typically undertake unlike usage use used useful user-friendly uses using usually utilize
    utilized utilizes utilizing valuable variety various vary verify verified wide widely work
    works worse www yield yields";

/// Words of praise and of degree, which may stand in a name but are none.
const RATING: &str = "
    accurate annotate aware benefit bridge capture collect cross crucial decouple demand diverse effective
    efficient enhance fast fine flexible guide inherent innovative insight lack leverage lightweight
    mitigate multi novel refine release rich robust scalable seamless simplify stable strategic superior
    surpass tailor toward underscore unified unlock versatile";

const PLAIN: &str = "
    ability accurate accuracy action active activity adaptive additional advance advantage agent
    amount area art aspect assumption automatic average baseline basic behavior benchmark benefit
    big body budget candidate capability capacity case cause change character characteristic choice
    class code collection comparison complex complexity component computation computational
    computer concept condition conference configuration constraint content context continuous
    contribution control cost course creating criterion critical cross current cycle data dataset
    database decision deep definition degree demand dependent design desired development device
    difference different dimension dimensional direct direction discrete distance distribution
    domain dynamic early effect effective efficiency efficient effort element end environment equal
    equation error estimate estimation evidence example execution experience experimental expert
    extraction extreme factor family fast feature feedback field fine flexible form formal
    formulation foundation function gap generation generic global goal good ground group growing
    guide hard hardware heavy history human hybrid idea image implementation impact improvement
    inference influence information initial input instance intelligent interaction interest
    interface internal invariant item joint key knowledge label language lack layer learning level
    life light line linear link local location loss machine maximum measure measurement mechanism
    member memory minimum mixed mode modality model modern module multi negative network neural node noise
    nonlinear normal notion novel object objective observation online operation operator optimal
    optimization option output overall pair parallel parameter part partial participant pattern
    people performance period person phase physical plan point policy population position positive
    power practical precise precision prediction presence principle prior process processing
    product program progress project property protocol pure quality quantitative query question
    random rapid rate ratio real realistic reality reason reference region regular relation
    relationship reliable representation request research resolution resource response result
    review rich robust robustness rule run safe sample scale scene science scientific score search
    section selection self sensitive sequence series service set shape shared side sign signal size
    software source space special specification speed split stable stage standard start state
    static statistical step structure structured style subject supervised system target technology
    term test text theoretical theory time token tool top topic total track training transfer
    transition type unified uniform unit unknown update usable user valid validation value variable
    variant variation version view virtual vision visual weak weight well width window word world
    year";

const HALF: &str = "
    2d 3d 6d absolute adaptation adversarial aerial angle approximation arm artificial autonomous base batch
    bayesian black body bound boundary box closed constrained contact contextual continuum controller convergence
    convex coordinate dense depth detection detector discriminative dual dynamics edge embedding
    encoder end-to-end ensemble equilibrium euclidean face field filter force frame gaussian gradient
    hand head image indoor inertial inverse iteration joint latent layered logarithmic manifold map mask
    matrix mean metric mobile motion movement multimodal net network norm open outdoor pair
    particle patch perception perturbation planner platform pose prediction processor projection pure rank
    reality recognition recovery recursive regularization remote representation reward robot robotic
    robotics semantic semi sensor sensing shot similarity simulation simulator soft sparse
    spatial spectral spring stochastic supervision surface temporal tensor torque traffic trajectory
    unmanned unsupervised vector velocity vertex visual wheel wise";

const FRAME: &str = "
    algorithm analysis application approach architecture assessment challenge evaluation experiment
    framework investigation method methodology problem result scenario scheme setting solution
    strategy study survey system task technique";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_words_are_known_in_every_form() {
        assert!(is_plain(&stem("optimizations")) && is_plain(&stem("methods")));
        assert!(is_frame(&stem("problems")) && !is_frame(&stem("planning")));
        assert!(is_half(&stem("bounds")) && !is_half(&stem("bandits")));
        assert!(is_about_the_work(&stem("introduce")) && is_about_the_work(&stem("shown")));
        assert!(!is_about_the_work(&stem("agents")) && !is_about_the_work(&stem("reasoning")));
        assert!(is_reporting("proposes") && !is_reporting("planning"));
    }
}
